import { Empty, Panel } from '../../parts/panel';

export default function Timeline() {
  return (
    <Panel title="Timeline">
      <Empty>Nothing yet.</Empty>
    </Panel>
  );
}
