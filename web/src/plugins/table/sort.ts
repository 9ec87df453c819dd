import type { Cell, Column } from './columns';

/** By which column rows are sorted. Plain JSON: a permalink keeps it. */
export interface Sort {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** What a click on a column's heading makes of the order: ascending, descending, and the answer's own again. */
export function nextSort(sort: Sort | null, column: string): Sort | null {
  if (sort?.column !== column) {
    return { column, direction: 'ascending' };
  }
  return sort.direction === 'ascending' ? { column, direction: 'descending' } : null;
}

/** The indices of rows in the order in which they are shown. Equal ones keep the answer's order; empty cells come last. */
export function orderOf(nRows: number, columns: readonly Column[], sort: Sort | null): number[] {
  const rows = Array.from({ length: nRows }, (_, i) => i);
  const column = columns.find(({ name }) => name === sort?.column);
  if (!column) {
    return rows;
  }
  const sign = sort?.direction === 'descending' ? -1 : 1;
  return rows.sort((a, b) => {
    const [left, right] = [column.cells[a] ?? null, column.cells[b] ?? null];
    if (left === null || right === null) {
      return Number(left === null) - Number(right === null);
    }
    return sign * compared(left, right, column.kind);
  });
}

function compared(a: Cell, b: Cell, kind: Column['kind']): number {
  if (typeof a === 'number' && typeof b === 'number') {
    return a - b;
  }
  if (kind === 'date') {
    // A year comes before its months, and a month before its days: so do their texts.
    return String(a) < String(b) ? -1 : Number(a !== b);
  }
  return collator.compare(String(a), String(b));
}
