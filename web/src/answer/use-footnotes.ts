import { useEffect, useState } from 'react';

import { StatementCitationsDocument, type StatementCitationsQuery } from '../graphql.generated';
import { ask } from '../server';
import { type CitedDocument, type CitedStatement, footnotesOf, statementIdsOf, tracesIn } from './citations';
import type { Identified } from './use-identified';

/** The most that the server tells of at once. */
const IDS_MAX = 100;

/** How far the footnotes of an answer are. */
export type FootnotesState =
  | { readonly state: 'asking'; readonly nKnown: number; readonly nStatements: number }
  | { readonly state: 'known'; readonly documents: readonly CitedDocument[] }
  | { readonly state: 'failed'; readonly problem: string };

/** Worked out once an answer, however often the panel is opened. */
const known = new WeakMap<Identified, readonly CitedDocument[]>();

/** The footnotes of an answer: of the citations in it, and of those of its statements. */
export function useFootnotes(identified: Identified | null): FootnotesState | null {
  const [found, setFound] = useState<{ of: Identified; state: FootnotesState } | null>(null);
  useEffect(() => {
    if (!identified) {
      return;
    }
    const abort = new AbortController();
    const show = (state: FootnotesState) => !abort.signal.aborted && setFound({ of: identified, state });
    footnotesOfAnswer(identified, abort.signal, (nKnown, nStatements) =>
      show({ state: 'asking', nKnown, nStatements }),
    ).then(
      (documents) => show({ state: 'known', documents }),
      (problem: Error) => show({ state: 'failed', problem: problem.message }),
    );
    return () => abort.abort();
  }, [identified]);
  return found && found.of === identified ? found.state : null;
}

async function footnotesOfAnswer(
  identified: Identified,
  signal: AbortSignal,
  onProgress: (nKnown: number, nStatements: number) => void,
): Promise<readonly CitedDocument[]> {
  const before = known.get(identified);
  if (before) {
    return before;
  }
  const traces = [...tracesIn(identified.data)];
  const statements = await askStatements(statementIdsOf(traces), signal, onProgress);
  const documents = footnotesOf(traces, statements);
  known.set(identified, documents);
  return documents;
}

/**
 * Statements with their citations, by their ids. What does not exist any more is not among them.
 *
 * @throws {ServerError} when the server refuses a part of them.
 */
export async function askStatements(
  ids: readonly string[],
  signal: AbortSignal,
  onProgress: (nKnown: number, nStatements: number) => void = () => {},
): Promise<ReadonlyMap<string, CitedStatement>> {
  const statements = new Map<string, CitedStatement>();
  for (let start = 0; start < ids.length; start += IDS_MAX) {
    onProgress(start, ids.length);
    const { nodes } = await ask(StatementCitationsDocument, { ids: ids.slice(start, start + IDS_MAX) }, signal);
    for (const statement of nodes.filter(isStatement)) {
      statements.set(statement.id, statement);
    }
  }
  return statements;
}

function isStatement(node: StatementCitationsQuery['nodes'][number]): node is CitedStatement {
  return node?.__typename === 'Statement';
}
