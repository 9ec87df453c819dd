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
const LOADING: Suggestions = { ...NONE, isLoading: true };

/**
 * Entities that a search finds; when nothing is typed, those of which most is known. None while nobody wants any, nor
 * while they are on their way: those of the former words would be picked for the new ones.
 */
export function useSuggestions(
  typed: string,
  kinds: readonly EntityKind[] | undefined,
  isWanted: boolean,
): Suggestions {
  const [found, setFound] = useState<{ of: string; suggestions: Suggestions } | null>(null);
  const query = typed.trim();
  const kindsKey = kinds?.join(',') ?? '';
  const wantedKey = `${kindsKey} ${query}`;
  useEffect(() => {
    if (!isWanted) {
      return;
    }
    const abort = new AbortController();
    const tell = (suggestions: Suggestions) => setFound({ of: wantedKey, suggestions });
    const wanted = kindsKey ? (kindsKey.split(',') as EntityKind[]) : null;
    const timer = setTimeout(
      () =>
        suggest(query, wanted, abort.signal).then(tell, (problem: Error) => {
          if (!abort.signal.aborted) {
            tell({ ...NONE, problem: problem.message });
          }
        }),
      query === '' ? 0 : PAUSE_MS,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query, kindsKey, wantedKey, isWanted]);
  if (found?.of === wantedKey) {
    return found.suggestions;
  }
  return isWanted ? LOADING : NONE;
}

async function suggest(query: string, kinds: EntityKind[] | null, signal: AbortSignal): Promise<Suggestions> {
  if (query === '') {
    const { ranking } = await ask(SuggestKnownEntitiesDocument, { kinds, first: N_SUGGESTIONS }, signal);
    return { ...NONE, entities: ranking.map(({ entity }) => entityOf(entity)) };
  }
  const { search } = await ask(SuggestEntitiesDocument, { query, kinds, first: N_SUGGESTIONS }, signal);
  return { ...NONE, entities: search.nodes.map(entityOf), nMore: search.totalCount - search.nodes.length };
}
