import type { Cell, Column } from './columns';
import type { Sort } from './sort';

/** From so many characters on a text is a sentence, which wants a column wide enough to read. */
const SENTENCE_FROM = 40;

/** The table itself. The first column names the row. */
export function Grid({
  caption,
  columns,
  order,
  sort,
  onSort,
}: {
  caption: string;
  columns: readonly Column[];
  /** The rows to show, by their indices. */
  order: readonly number[];
  sort: Sort | null;
  onSort: (column: string) => void;
}) {
  const classes = columns.map(classOf);
  return (
    <table className="table-grid">
      <caption>
        <span>{caption}</span>
      </caption>
      <thead>
        <tr>
          {columns.map(({ name }, i) => {
            const direction = sort?.column === name ? sort.direction : undefined;
            return (
              <th key={name} scope="col" aria-sort={direction} className={classes[i]}>
                <button type="button" onClick={() => onSort(name)}>
                  {name}
                  <span aria-hidden="true" className="table-arrow">
                    {direction === 'ascending' ? '▲' : direction === 'descending' ? '▼' : ''}
                  </span>
                </button>
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {order.map((row) => (
          <tr key={row}>
            {columns.map(({ name, cells }, i) => {
              const text = shown(cells[row] ?? null);
              return i === 0 ? (
                <th key={name} scope="row" className={classes[i]}>
                  {text}
                </th>
              ) : (
                <td key={name} className={classes[i]}>
                  {text}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function classOf({ kind, cells }: Column): string {
  const isLong = cells.some((cell) => typeof cell === 'string' && cell.length >= SENTENCE_FROM);
  return isLong ? `table-${kind} table-long` : `table-${kind}`;
}

/** Measures are shown as precisely as they can be read; the file has them whole. */
function shown(cell: Cell): string {
  if (typeof cell === 'boolean') {
    return cell ? 'yes' : 'no';
  }
  if (typeof cell === 'number') {
    return String(Number.isInteger(cell) ? cell : Number(cell.toPrecision(6)));
  }
  return cell ?? '';
}
