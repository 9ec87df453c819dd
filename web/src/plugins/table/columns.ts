import { words } from '../../words';
import { isObject, type Json, rowsOf, titleOf } from './lists';

/** What stands in a cell: one scalar, or nothing. */
export type Cell = string | number | boolean | null;

/** A column, and what it holds for each row. */
export interface Column {
  /** The way to its field in a row, for people: `document › title`. */
  readonly name: string;
  readonly cells: readonly Cell[];
  readonly kind: 'number' | 'date' | 'text';
}

const SEPARATOR = ' › ';

/** As precise as a date of the graph is known: a year, a month or a day. */
const PARTIAL_DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/**
 * The columns of rows: a column for each scalar in them, however deep, in the order in which the rows tell of them.
 *
 * Lists of scalars are joined. Lists of objects are joined by the names of these, or else counted.
 */
export function columnsOf(rows: readonly Json[]): Column[] {
  const cells = new Map<string, Cell[]>();
  for (const [i, row] of rows.entries()) {
    for (const [name, cell] of flattened(row)) {
      let column = cells.get(name);
      if (!column) {
        column = Array<Cell>(rows.length).fill(null);
        cells.set(name, column);
      }
      column[i] = cell;
    }
  }
  const names = [...cells.keys()];
  return [...cells]
    .filter(([name, values]) => !(values.every(isNull) && names.some((other) => other.startsWith(name + SEPARATOR))))
    .map(([name, values]) => ({ name, cells: values, kind: kindOf(values) }));
}

function* flattened(row: Json, prefix = ''): Generator<[string, Cell]> {
  for (const [key, value] of Object.entries(row)) {
    const name = prefix + key;
    if (isObject(value) && !isConnection(value)) {
      yield* flattened(value, name + SEPARATOR);
    } else {
      yield [name, cellOf(value)];
    }
  }
}

function cellOf(value: unknown): Cell {
  if (Array.isArray(value)) {
    return value.some(isObject) ? summaryOf(value) : value.map(String).join(', ') || null;
  }
  if (isObject(value)) {
    const rows = rowsOf(value);
    const total = typeof value.totalCount === 'number' ? value.totalCount : null;
    return rows.length > 0 ? summaryOf(rows, total ?? rows.length) : total;
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/**
 * The names of some objects, or how many they are when any of them has none.
 *
 * They may be a page of a longer list: then it is told how many more there are.
 */
function summaryOf(items: readonly unknown[], total = items.length): Cell {
  const titles = items.map((item) => titleOf(item) ?? sentenceOf(item));
  if (titles.includes(undefined)) {
    return Math.max(total, items.length);
  }
  const names = titles.join('; ');
  return total > items.length ? `${names} and ${total - items.length} more` : names;
}

/** A statement as a sentence, when enough of it was asked for. */
function sentenceOf(item: unknown): string | undefined {
  if (!isObject(item)) {
    return undefined;
  }
  const [subject, object] = [titleOf(item.subject), titleOf(item.object)];
  return subject && object && typeof item.predicate === 'string'
    ? `${subject} ${words(item.predicate)} ${object}`
    : undefined;
}

function isConnection(value: Json): boolean {
  return Array.isArray(value.nodes) || Array.isArray(value.edges) || 'totalCount' in value;
}

function kindOf(cells: readonly Cell[]): Column['kind'] {
  const known = cells.filter((cell) => !isNull(cell));
  if (known.length > 0 && known.every((cell) => typeof cell === 'number')) {
    return 'number';
  }
  return known.length > 0 && known.every((cell) => typeof cell === 'string' && PARTIAL_DATE.test(cell))
    ? 'date'
    : 'text';
}

function isNull(cell: Cell): cell is null {
  return cell === null;
}
