import { useEffect, useMemo, useState } from 'react';

import type { Answer } from '../../answer/answer';
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

/**
 * By the answer that they add to, then by the addition as JSON: what was asked once is not asked again when the panel is
 * opened again, or a step undone. Who asks the question again, as after an import, is shown what is so by then.
 */
const known = new WeakMap<Answer, Map<string, Added>>();

function addedTo(answer: Answer): Map<string, Added> {
  const before = known.get(answer);
  const added = before ?? new Map<string, Added>();
  if (!before) {
    known.set(answer, added);
  }
  return added;
}

/** Asks for what is not known yet, one after the other, so that the picture grows in the same order each time. */
export function useAdditions(answer: Answer, additions: readonly Addition[]): Additions {
  const [problem, setProblem] = useState<{ of: Answer; key: string; message: string } | null>(null);
  const [, setAnswered] = useState(0);

  const told: Added[] = [];
  for (const addition of additions) {
    const one = addedTo(answer).get(JSON.stringify(addition));
    if (!one) {
      break;
    }
    told.push(one);
  }
  const next = additions[told.length];
  const key = next ? JSON.stringify(next) : null;
  const isRefused = problem !== null && problem.of === answer && problem.key === key;

  useEffect(() => {
    if (key === null || isRefused) {
      return;
    }
    let isWanted = true;
    fetchAddition(JSON.parse(key) as Addition).then(
      (added) => {
        addedTo(answer).set(key, added);
        if (isWanted) {
          setAnswered((n) => n + 1);
        }
      },
      ({ message }: Error) => isWanted && setProblem({ of: answer, key, message }),
    );
    return () => {
      isWanted = false;
    };
  }, [answer, key, isRefused]);

  // The same list as long as nothing changes, so that nothing is laid out again.
  const [last] = told.slice(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is known of a list depends on the list and how much of it is known
  const added = useMemo(() => told, [additions, last, told.length]);
  return {
    added,
    isLoading: key !== null && !isRefused,
    problem: isRefused ? problem.message : null,
    retry: () => setProblem(null),
  };
}
