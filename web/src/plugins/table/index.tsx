import { Empty, Panel } from '../../parts/panel';

export default function Table() {
  return (
    <Panel title="Table">
      <Empty>Nothing yet.</Empty>
    </Panel>
  );
}
