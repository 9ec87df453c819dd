import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { DocumentNode, GraphQLSchema } from 'graphql';

import { ask, ServerError } from '../server';
import { type Answer, isTold } from './answer';
import { identified } from './identified';
import { byRootField } from './root-fields';

/** The last answer once more, with the ids of what it tells of. */
export interface Identified {
  readonly answer: Answer;
  /** Of the same shape as the answer's data, and more: see {@link identified}. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Whether some of this or all is the bare answer: the server refused to tell more than was asked, or a subscription told it. */
  readonly isBare: boolean;
}

/** With these the server refuses what is more than it takes or computes at once, now and later. */
const TOO_MUCH: ReadonlySet<string> = new Set(['LIMIT_EXCEEDED', 'BODY_TOO_LARGE', 'TIMEOUT']);

/** Asked once an answer, however many panels want it. */
const asked = new WeakMap<Answer, Promise<Identified>>();

/**
 * Asks an answer's question once more, with the ids of what it tells of: all at once, or field by field where that is
 * more than the server takes at once. A field that it refuses even so is as it was answered first, and so is all that a
 * subscription told.
 *
 * @throws {ServerError} for any other reason; then the next call tries again.
 */
export function identify(answer: Answer, schema: GraphQLSchema): Promise<Identified> {
  let identification = asked.get(answer);
  if (!identification) {
    identification = askAgain(answer, schema);
    asked.set(answer, identification);
    identification.catch(() => asked.delete(answer));
  }
  return identification;
}

async function askAgain(answer: Answer, schema: GraphQLSchema): Promise<Identified> {
  const { document, variables, operationName } = answer;
  if (isTold(answer)) {
    return { answer, data: answer.data ?? {}, isBare: true };
  }
  const request = (part: DocumentNode, of?: string) =>
    ask(
      identified(part, schema) as TypedDocumentNode<Identified['data'], Answer['variables']>,
      variables,
      undefined,
      of,
    );
  try {
    return { answer, data: await request(document, operationName), isBare: false };
  } catch (problem) {
    throwUnlessRefused(problem, answer);
  }
  const parts = await Promise.allSettled(byRootField(document, operationName).map((part) => request(part)));
  const data: Record<string, unknown> = { ...answer.data };
  for (const part of parts) {
    if (part.status === 'fulfilled') {
      Object.assign(data, part.value);
    } else {
      throwUnlessRefused(part.reason, answer);
    }
  }
  return { answer, data, isBare: parts.some(({ status }) => status === 'rejected') };
}

/** A refusal lasts: of too much, and of what was refused when the reader asked. Anything else may pass. */
function throwUnlessRefused(problem: unknown, { hasErrors }: Answer) {
  const codes = problem instanceof ServerError ? problem.codes : [];
  if (!codes.some((code) => hasErrors || TOO_MUCH.has(code))) {
    throw problem;
  }
}
