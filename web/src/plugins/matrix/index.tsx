import { Empty, Panel } from '../../parts/panel';

export default function Matrix() {
  return (
    <Panel title="Matrix">
      <Empty>Nothing yet.</Empty>
    </Panel>
  );
}
