import {
  type CitedDocument,
  footnoteNumbers,
  footnotesOf,
  ownerAt,
  statementIdsOf,
  type Trace,
  tracesIn,
} from '../../answer/citations';
import { askStatements } from '../../answer/use-footnotes';
import { partsOf } from './lists';
import type { Page } from './use-pages';

/** The footnotes of a table, and which of them belong to each of its rows. */
export interface Sources {
  readonly documents: readonly CitedDocument[];
  readonly numbers: readonly (readonly number[])[];
}

/**
 * Asks for the sources of all rows.
 *
 * They are numbered with those of the whole answer, so that as long as no page was added the numbers are those of the
 * Footnotes panel.
 *
 * @throws {ServerError} when the server refuses a part of them.
 */
export async function askSources(answer: unknown, pages: readonly Page[], signal: AbortSignal): Promise<Sources> {
  const byRow = pages.flatMap(tracesOfRows);
  const all = [...tracesIn(answer), ...byRow.flat()];
  const statements = await askStatements(statementIdsOf(all), signal);
  const documents = footnotesOf(all, statements);
  return { documents, numbers: byRow.map((traces) => footnoteNumbers(traces, statements, documents)) };
}

/** What leads to the sources of each row of a page. */
export function tracesOfRows({ identified, path }: Pick<Page, 'identified' | 'path'>): Trace[][] {
  const { value, owner } = ownerAt(identified, path);
  return partsOf(value).map(({ node, edge }) => [...tracesIn([node, { ...edge, node: null }], owner)]);
}
