import { useEffect, useState } from 'react';

import { type Entity, entityOf } from '../answer/graph';
import { type EntityKind, SuggestEntitiesDocument, SuggestKnownEntitiesDocument } from '../graphql.generated';
import { ask } from '../server';

/** What may be picked, for what has been typed so far. */
export interface Suggestions {
  readonly entities: readonly Entity[];
  /** How many there are beside those. */
  readonly nMore: number;
  readonly isLoading: boolean;
  /** Why there are none, in the server's words or ours. */
  readonly problem: string | null;
}

const N_SUGGESTIONS = 10;
/** A person who types goes on within this time. */
const PAUSE_MS = 150;

const NONE: Suggestions = { entities: [], nMore: 0, isLoading: false, problem: null };

/** Entities that a search finds; when nothing is typed, those of which most is known. None while nobody wants any. */
export function useSuggestions(
  typed: string,
  kinds: readonly EntityKind[] | undefined,
  isWanted: boolean,
): Suggestions {
  const [suggestions, setSuggestions] = useState(NONE);
  const query = typed.trim();
  const kindsKey = kinds?.join(',');
  useEffect(() => {
    if (!isWanted) {
      return;
    }
    const abort = new AbortController();
    const wanted = kindsKey ? (kindsKey.split(',') as EntityKind[]) : null;
    setSuggestions((former) => ({ ...former, isLoading: true, problem: null }));
    const timer = setTimeout(
      () =>
        suggest(query, wanted, abort.signal).then(setSuggestions, (problem: Error) => {
          if (!abort.signal.aborted) {
            setSuggestions({ ...NONE, problem: problem.message });
          }
        }),
      query === '' ? 0 : PAUSE_MS,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query, kindsKey, isWanted]);
  return suggestions;
}

async function suggest(query: string, kinds: EntityKind[] | null, signal: AbortSignal): Promise<Suggestions> {
  if (query === '') {
    const { ranking } = await ask(SuggestKnownEntitiesDocument, { kinds, first: N_SUGGESTIONS }, signal);
    return { ...NONE, entities: ranking.map(({ entity }) => entityOf(entity)) };
  }
  const { search } = await ask(SuggestEntitiesDocument, { query, kinds, first: N_SUGGESTIONS }, signal);
  return { ...NONE, entities: search.nodes.map(entityOf), nMore: search.totalCount - search.nodes.length };
}
