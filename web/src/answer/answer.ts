import type { Fetcher } from '@graphiql/toolkit';
import { type DocumentNode, Kind, OperationTypeNode, parse } from 'graphql';

import { createStore } from '../store';

/** The last operation that GraphiQL ran, and what the server answered. */
export interface Answer {
  readonly query: string;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** `null` when the operation failed as a whole. */
  readonly data: Readonly<Record<string, unknown>> | null;
}

/** `null` until the first operation was answered. */
export const lastAnswer = createStore<Answer | null>(null);

/** The same fetcher, which also keeps the answers to the reader's own operations in {@link lastAnswer}. */
export function remembering(fetcher: Fetcher): Fetcher {
  return async (params, options) => {
    const result = await fetcher(params, options);
    const isOurs = params.operationName === 'IntrospectionQuery';
    if (!isOurs && typeof result === 'object' && result !== null && 'data' in result) {
      const document = parsedQuery(params.query);
      if (document) {
        lastAnswer.set({
          query: params.query,
          document,
          operationName: params.operationName ?? undefined,
          variables: params.variables ?? {},
          data: (result.data as Answer['data']) ?? null,
        });
      }
    }
    return result;
  };
}

function parsedQuery(query: string): DocumentNode | undefined {
  try {
    const document = parse(query);
    const isQuery = document.definitions.some(
      (definition) => definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.QUERY,
    );
    return isQuery ? document : undefined;
  } catch {
    return undefined;
  }
}
