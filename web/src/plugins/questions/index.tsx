import { Empty, Panel } from '../../parts/panel';

export default function Questions() {
  return (
    <Panel title="Questions">
      <Empty>Nothing yet.</Empty>
    </Panel>
  );
}
