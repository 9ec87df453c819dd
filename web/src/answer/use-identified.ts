import { useGraphiQL } from '@graphiql/react';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { useEffect, useState } from 'react';

import { ask } from '../server';
import { useStore } from '../store';
import { type Answer, lastAnswer } from './answer';
import { identified } from './identified';
import { byRootField } from './root-fields';

/** The last answer once more, with the ids of what it tells of. */
export interface Identified {
  readonly answer: Answer;
  /** Of the same shape as the answer's data, and more: see {@link identified}. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Whether the server refused to tell more than was asked, so that this is the bare answer. */
  readonly isBare: boolean;
}

/** Asked once an answer, however many panels want it. */
const asked = new WeakMap<Answer, Promise<Identified>>();

/** `null` while there is none: nothing was asked yet, it is on its way, or the operation failed as a whole. */
export function useIdentified(): Identified | null {
  const answer = useStore(lastAnswer);
  const schema = useGraphiQL(({ schema }) => schema);
  const [known, setKnown] = useState<Identified | null>(null);

  useEffect(() => {
    if (!answer?.data || !schema) {
      setKnown(null);
      return;
    }
    let isWanted = true;
    identify(answer, schema).then((found) => isWanted && setKnown(found));
    return () => {
      isWanted = false;
    };
  }, [answer, schema]);
  return known?.answer === answer ? known : null;
}

function identify(answer: Answer, schema: GraphQLSchema): Promise<Identified> {
  let identification = asked.get(answer);
  if (!identification) {
    identification = askAgain(answer, schema).then(
      (data) => ({ answer, data, isBare: false }),
      () => ({ answer, data: answer.data ?? {}, isBare: true }),
    );
    asked.set(answer, identification);
  }
  return identification;
}

/** All at once, or field by field where that is more than the server takes at once. */
async function askAgain({ document, variables, operationName }: Answer, schema: GraphQLSchema) {
  const request = (part: DocumentNode, of?: string) =>
    ask(
      identified(part, schema) as TypedDocumentNode<Identified['data'], Answer['variables']>,
      variables,
      undefined,
      of,
    );
  try {
    return await request(document, operationName);
  } catch {
    const fields = await Promise.all(byRootField(document, operationName).map((part) => request(part)));
    return Object.assign({}, ...fields) as Identified['data'];
  }
}
