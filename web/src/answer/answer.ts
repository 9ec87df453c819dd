import { type Fetcher, type FetcherParams, isAsyncIterable } from '@graphiql/toolkit';
import { type DocumentNode, getOperationAST, OperationTypeNode, parse } from 'graphql';

import { createStore } from '../store';

/** The last operation that GraphiQL ran, and what the server answered. */
export interface Answer {
  readonly query: string;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** `null` when the operation failed as a whole. */
  readonly data: Readonly<Record<string, unknown>> | null;
  /** Whether the server refused a part of it, so that it refuses it again. */
  readonly hasErrors: boolean;
}

/** `null` until the first operation was answered. */
export const lastAnswer = createStore<Answer | null>(null);

/**
 * The same fetcher, which also keeps the answers to the reader's own operations in {@link lastAnswer}. Of a subscription it
 * keeps what was told last.
 *
 * An answer that comes after a later operation was run is not kept: of a slow one that was stopped, nobody waits for it.
 */
export function remembering(fetcher: Fetcher): Fetcher {
  let nAsked = 0;
  return async (params, options) => {
    if (params.operationName === 'IntrospectionQuery') {
      return fetcher(params, options);
    }
    nAsked += 1;
    const number = nAsked;
    const keep = (result: unknown) => {
      const answer = number === nAsked ? answerOf(params, result) : null;
      if (answer) {
        lastAnswer.set(answer);
      }
    };
    const result = await fetcher(params, options);
    if (isAsyncIterable(result)) {
      return eachTo(result, keep);
    }
    keep(result);
    return result;
  };
}

/** Whether it is what a subscription told. Then it is as it came: nobody can ask for the same once more. */
export function isTold({ document, operationName }: Pick<Answer, 'document' | 'operationName'>): boolean {
  return getOperationAST(document, operationName)?.operation === OperationTypeNode.SUBSCRIPTION;
}

function answerOf({ query, operationName, variables }: FetcherParams, result: unknown): Answer | null {
  if (typeof result !== 'object' || result === null || !('data' in result)) {
    return null;
  }
  const document = parsed(query, operationName);
  return (
    document && {
      query,
      document,
      operationName: operationName ?? undefined,
      variables: variables ?? {},
      data: (result.data as Answer['data']) ?? null,
      hasErrors: 'errors' in result && Array.isArray(result.errors) && result.errors.length > 0,
    }
  );
}

/** `null` also when the operation that was run is a mutation: the panels ask once more, which it does not bear. */
function parsed(query: string, operationName: string | null | undefined): DocumentNode | null {
  try {
    const document = parse(query);
    const operation = getOperationAST(document, operationName)?.operation;
    return operation === OperationTypeNode.QUERY || operation === OperationTypeNode.SUBSCRIPTION ? document : null;
  } catch {
    return null;
  }
}

/** The same, and each of it is also given to `hear`. Stopping goes through at once. */
function eachTo<Event>(source: AsyncIterable<Event>, hear: (event: Event) => void): AsyncIterable<Event> {
  return {
    [Symbol.asyncIterator]() {
      const events = source[Symbol.asyncIterator]();
      return {
        async next() {
          const event = await events.next();
          if (!event.done) {
            hear(event.value);
          }
          return event;
        },
        async return() {
          await events.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
