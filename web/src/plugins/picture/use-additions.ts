import { useEffect, useMemo, useState } from 'react';

import { type Added, fetchAddition } from './additions';
import type { Addition } from './drawing';

export interface Additions {
  /** What the server said to each, up to the first that it has not answered yet. */
  readonly added: readonly Added[];
  readonly isLoading: boolean;
  /** Why the next one is not there. */
  readonly problem: string | null;
  readonly retry: () => void;
}

/** By the addition as JSON: what was asked once is not asked again when the panel is opened again, or a step undone. */
const answers = new Map<string, Added>();
const ANSWERS_MAX = 200;

/** Asks for what is not known yet, one after the other, so that the picture grows in the same order each time. */
export function useAdditions(additions: readonly Addition[]): Additions {
  const [problem, setProblem] = useState<{ key: string; message: string } | null>(null);
  const [, setAnswered] = useState(0);

  const known: Added[] = [];
  for (const addition of additions) {
    const answer = answers.get(JSON.stringify(addition));
    if (!answer) {
      break;
    }
    known.push(answer);
  }
  const next = additions[known.length];
  const key = next ? JSON.stringify(next) : null;
  const isRefused = problem !== null && problem.key === key;

  useEffect(() => {
    if (key === null || isRefused) {
      return;
    }
    let isWanted = true;
    fetchAddition(JSON.parse(key) as Addition).then(
      (added) => {
        if (answers.size >= ANSWERS_MAX) {
          answers.clear();
        }
        answers.set(key, added);
        if (isWanted) {
          setAnswered((n) => n + 1);
        }
      },
      ({ message }: Error) => isWanted && setProblem({ key, message }),
    );
    return () => {
      isWanted = false;
    };
  }, [key, isRefused]);

  // The same list as long as nothing changes, so that nothing is laid out again.
  const [last] = known.slice(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is known of a list depends on the list and how much of it is known
  const added = useMemo(() => known, [additions, last, known.length]);
  return {
    added,
    isLoading: key !== null && !isRefused,
    problem: isRefused ? problem.message : null,
    retry: () => setProblem(null),
  };
}
