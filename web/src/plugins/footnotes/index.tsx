import { Empty, Panel } from '../../parts/panel';

export default function Footnotes() {
  return (
    <Panel title="Footnotes">
      <Empty>Nothing yet.</Empty>
    </Panel>
  );
}
