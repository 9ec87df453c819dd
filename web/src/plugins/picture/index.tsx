import { Empty, Panel } from '../../parts/panel';

export default function Picture() {
  return (
    <Panel title="Picture">
      <Empty>Nothing yet.</Empty>
    </Panel>
  );
}
