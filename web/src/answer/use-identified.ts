import { useGraphiQL } from '@graphiql/react';
import { useEffect, useState } from 'react';

import { useStore } from '../store';
import { type Answer, lastAnswer } from './answer';
import { type Identified, identify } from './identify';

export type { Identified };

/** How far the last answer is asked once more. */
export interface Identification {
  /** `null` while there is none: nothing was asked yet, it is on its way, or the operation failed as a whole. */
  readonly identified: Identified | null;
  /** Why there is none, in the server's words or ours. */
  readonly problem: string | null;
  readonly retry: () => void;
}

interface Outcome {
  readonly of: Answer;
  readonly identified: Identified | null;
  readonly problem: string | null;
}

/** Asks the last answer's question once more, with the ids of what it tells of. */
export function useIdentification(): Identification {
  const answer = useStore(lastAnswer);
  const schema = useGraphiQL(({ schema }) => schema);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [nTries, setNTries] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each try is one more
  useEffect(() => {
    if (!answer?.data || !schema) {
      return;
    }
    let isWanted = true;
    identify(answer, schema).then(
      (identified) => isWanted && setOutcome({ of: answer, identified, problem: null }),
      ({ message }: Error) => isWanted && setOutcome({ of: answer, identified: null, problem: message }),
    );
    return () => {
      isWanted = false;
    };
  }, [answer, schema, nTries]);

  const current = outcome?.of === answer ? outcome : null;
  return {
    identified: current?.identified ?? null,
    problem: current?.problem ?? null,
    retry: () => {
      setOutcome(null);
      setNTries((n) => n + 1);
    },
  };
}
