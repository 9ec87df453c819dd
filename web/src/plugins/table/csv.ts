import Papa from 'papaparse';

import type { CitedDocument } from '../../answer/citations';
import { locatorText } from '../../parts/locator';
import type { Column } from './columns';

/** By this mark Excel knows that the file is UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * A table as CSV (RFC 4180), with a last column that holds the footnotes of each row.
 *
 * The footnotes are in the rows, and neither below the table nor in a file of their own: so every line has as many fields
 * as the first, any program reads it, and a row that is sorted, filtered or copied elsewhere keeps its sources. Text that a
 * spreadsheet would run as a formula has an apostrophe before it.
 */
export function csvOf(
  columns: readonly Column[],
  order: readonly number[],
  numbers: readonly (readonly number[])[],
  documents: readonly CitedDocument[],
): string {
  const texts = footnoteTexts(documents);
  const rows = order.map((i) => [
    ...columns.map(({ cells }) => cells[i] ?? null),
    (numbers[i] ?? []).map((number) => texts.get(number)).join('; '),
  ]);
  const fields = [...columns.map(({ name }) => name), sourcesName(columns)];
  const csv = Papa.unparse({ fields, data: rows }, { newline: '\r\n', escapeFormulae: true });
  return `${BYTE_ORDER_MARK}${csv}\r\n`;
}

/** `sources`, or a longer name when the reader has given this one to a field. */
function sourcesName(columns: readonly Column[]): string {
  let name = 'sources';
  while (columns.some((column) => column.name === name)) {
    name = `footnotes: ${name}`;
  }
  return name;
}

/** Each footnote by its number: `[1] Report, lines 18 to 20`. */
function footnoteTexts(documents: readonly CitedDocument[]): ReadonlyMap<number, string> {
  return new Map(
    documents.flatMap(({ document, footnotes }) =>
      footnotes.map(({ number, locator }) => {
        const place = [document.title, locatorText(locator)].filter(Boolean).join(', ');
        return [number, `[${number}] ${place}`] as const;
      }),
    ),
  );
}
