import type { Fetcher } from '@graphiql/toolkit';
import { Kind, parse } from 'graphql';

/**
 * The same fetcher, which never asks for an operation that the document does not hold.
 *
 * GraphiQL reads the name of the operation a moment after it was typed. Who runs a question before, as after a paste,
 * would have it refused for the name of the operation that stood there.
 */
export function rightlyNamed(fetcher: Fetcher): Fetcher {
  return (params, options) => {
    const { operationName, ...others } = params;
    return fetcher(operationName && holds(params.query, operationName) ? params : others, options);
  };
}

function holds(query: string, operationName: string): boolean {
  try {
    return parse(query).definitions.some(
      (definition) => definition.kind === Kind.OPERATION_DEFINITION && definition.name?.value === operationName,
    );
  } catch {
    return true;
  }
}
