import type { Cell, Column } from './columns';
import type { Sort } from './sort';

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
  return (
    <table className="table-grid">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ name, kind }) => {
            const direction = sort?.column === name ? sort.direction : undefined;
            return (
              <th key={name} scope="col" aria-sort={direction} className={`table-${kind}`}>
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
            {columns.map(({ name, cells, kind }, i) => {
              const text = shown(cells[row] ?? null);
              return i === 0 ? (
                <th key={name} scope="row" className={`table-${kind}`}>
                  {text}
                </th>
              ) : (
                <td key={name} className={`table-${kind}`}>
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
