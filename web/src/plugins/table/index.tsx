import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useMemo } from 'react';
import { type InferOutput, nullable, object, picklist, string } from 'valibot';

import type { Identified } from '../../answer/use-identified';
import { AnswerPanel } from '../../parts/answer-panel';
import { Empty, Panel, Problem } from '../../parts/panel';
import { usePanelState } from '../../question/panel-state';
import { columnsOf } from './columns';
import { csvOf } from './csv';
import { Grid } from './grid';
import { type List, listsIn, rowsOf, valueAt } from './lists';
import { useSaveCsv } from './save-csv';
import { nextSort, orderOf } from './sort';
import { askSources } from './sources';
import './table.css';
import { type Pages, usePages } from './use-pages';

/** What a permalink keeps: which list is shown, and in which order. */
const shape = object({
  list: nullable(string()),
  sort: nullable(object({ column: string(), direction: picklist(['ascending', 'descending']) })),
});
type TableState = InferOutput<typeof shape>;

const INITIAL: TableState = { list: null, sort: null };

/** A list of the last answer as a table. */
export default function Table() {
  return (
    <AnswerPanel title="Table" unasked="Run an operation: the lists in its answer are shown here.">
      {(identified) => <Answered identified={identified} />}
    </AnswerPanel>
  );
}

function Answered({ identified }: { identified: Identified }) {
  const lists = useMemo(() => listsIn(identified.answer.data ?? {}), [identified]);
  if (lists.length === 0) {
    return (
      <Panel title="Table">
        <Empty>
          This answer has no list with rows. Ask for one, such as <code>{'laws { nodes { name type } }'}</code>.
        </Empty>
      </Panel>
    );
  }
  return <Lists identified={identified} lists={lists} />;
}

function Lists({ identified, lists }: { identified: Identified; lists: readonly List[] }) {
  const [state, setState] = usePanelState('table', shape, INITIAL);
  const schema = useGraphiQL(({ schema }) => schema);
  const list = lists.find(({ path }) => path.join('/') === state.list) ?? (lists[0] as List);
  const pages = usePages(identified, list, schema);

  const columns = useMemo(
    () => columnsOf(pages.pages.flatMap(({ data, path }) => rowsOf(valueAt(data, path)))),
    [pages.pages],
  );
  const nRows = columns[0]?.cells.length ?? 0;
  const order = useMemo(() => orderOf(nRows, columns, state.sort), [nRows, columns, state.sort]);

  const { button, outcome } = useSaveCsv(list.name, pages.pages, async (signal) => {
    const { documents, numbers } = await askSources(identified.data, pages.pages, signal);
    return csvOf(columns, order, numbers, documents);
  });

  return (
    <Panel
      title="Table"
      actions={
        <>
          {lists.length > 1 && (
            <select
              className="table-lists"
              aria-label="List"
              value={list.path.join('/')}
              onChange={({ target }) => setState({ list: target.value, sort: null })}
            >
              {lists.map(({ path, name }) => (
                <option key={path.join('/')} value={path.join('/')}>
                  {name}
                </option>
              ))}
            </select>
          )}
          {button}
        </>
      }
    >
      <div className="table-panel">
        {outcome}
        <More pages={pages} nRows={nRows} />
        <div className="table-scroll">
          <Grid
            caption={list.name}
            columns={columns}
            order={order}
            sort={state.sort}
            onSort={(column) => setState({ ...state, sort: nextSort(state.sort, column) })}
          />
        </div>
      </div>
    </Panel>
  );
}

/** How much of the list is shown, and buttons for the rest. */
function More({ pages, nRows }: { pages: Pages; nRows: number }) {
  const { run } = useGraphiQLActions();
  const { total, rest, refusal, isLoading, problem, canLoadAll, load, stop } = pages;
  const of = total !== null && total !== nRows ? ` of ${total}` : '';
  return (
    <div className="table-more">
      <span role="status">
        {nRows}
        {of} {nRows === 1 && !of ? 'row' : 'rows'}
        {isLoading && ' … loading'}
      </span>
      {isLoading ? (
        <button type="button" className="panel-button" onClick={stop}>
          Stop
        </button>
      ) : (
        rest !== null &&
        refusal === null && (
          <>
            <button type="button" className="panel-button" onClick={() => load(false)}>
              Load the {rest === 'forward' ? 'next' : 'previous'} page
            </button>
            {canLoadAll && (
              <button type="button" className="panel-button" onClick={() => load(true)}>
                Load all {total}
              </button>
            )}
          </>
        )
      )}
      {refusal && <p className="table-note">{refusal}</p>}
      {problem && (
        <div className="table-note">
          <Problem>
            {problem.hasChanged && 'The data changed since this list was asked for, so that it cannot be continued. '}
            {problem.message}
          </Problem>
          {problem.hasChanged && (
            <button type="button" className="panel-button" onClick={run}>
              Ask again
            </button>
          )}
        </div>
      )}
    </div>
  );
}
