import type { Fetcher } from '@graphiql/toolkit';
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
 * The same fetcher, which also keeps the answers to the reader's own operations in {@link lastAnswer}.
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
    const result = await fetcher(params, options);
    if (number === nAsked && typeof result === 'object' && result !== null && 'data' in result) {
      const document = parsedQuery(params.query, params.operationName);
      if (document) {
        lastAnswer.set({
          query: params.query,
          document,
          operationName: params.operationName ?? undefined,
          variables: params.variables ?? {},
          data: (result.data as Answer['data']) ?? null,
          hasErrors: 'errors' in result && Array.isArray(result.errors) && result.errors.length > 0,
        });
      }
    }
    return result;
  };
}

/** `undefined` also when the operation that was run is no query: the panels ask once more, which only queries bear. */
function parsedQuery(query: string, operationName: string | null | undefined): DocumentNode | undefined {
  try {
    const document = parse(query);
    const isQuery = getOperationAST(document, operationName)?.operation === OperationTypeNode.QUERY;
    return isQuery ? document : undefined;
  } catch {
    return undefined;
  }
}
