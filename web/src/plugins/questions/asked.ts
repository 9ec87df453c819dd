import type { Answer } from '../../answer/answer';

/** What was asked, and the last answer that was there before. */
export interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly before: Answer | null;
}

/** How far a question is that was asked; `null` when something else was answered since. */
export type Outcome = 'asking' | 'answered' | 'unanswered' | null;

export function outcomeOf({ query, variables, before }: Asked, last: Answer | null, isFetching: boolean): Outcome {
  if (isFetching) {
    return 'asking';
  }
  if (last === before) {
    return 'unanswered';
  }
  // As the server gets them: without what has no value.
  const isIt = last?.query === query && JSON.stringify(last.variables) === JSON.stringify(variables);
  return isIt ? (last.data ? 'answered' : 'unanswered') : null;
}

export const OUTCOME_TEXTS: Readonly<Record<NonNullable<Outcome>, string>> = {
  asking: 'Asking …',
  answered: 'Asked: the answer stands beside the editor.',
  unanswered: 'There is no answer: it was stopped, or the server refused it and says why beside the editor.',
};
