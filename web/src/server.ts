import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';

/** Where the page's server takes GraphQL requests, relative to the page. */
export const GRAPHQL_URL = './graphql';

/** The server refused a request, or could not be reached. The message is fit to be shown. */
export class ServerError extends Error {
  override name = 'ServerError';
  /** What kinds of error the server names, such as `INVALID_CURSOR`. */
  readonly codes: readonly string[];

  constructor(message: string, codes: readonly string[] = [], options?: ErrorOptions) {
    super(message, options);
    this.codes = codes;
  }
}

/**
 * Asks the server, for a panel of the page.
 *
 * @throws {ServerError} with the server's own sentences when it refuses, or says that it cannot be reached.
 */
export async function ask<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
  operationName?: string,
): Promise<Data> {
  let answer: { data?: Data | null; errors?: { message: string; extensions?: { code?: string } }[] };
  try {
    const response = await fetch(GRAPHQL_URL, {
      method: 'POST',
      // With this media type a refusal comes with the status 200, and is no error in the browser's console: that a panel
      // asks for more than the server takes at once is foreseen.
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query: print(document), variables, operationName }),
      signal: signal ?? null,
    });
    answer = await response.json();
  } catch (problem) {
    if (problem instanceof DOMException && problem.name === 'AbortError') {
      throw problem;
    }
    throw new ServerError('The server does not answer. Is it still running?', [], { cause: problem });
  }
  if (answer.errors?.length || !answer.data) {
    const errors = answer.errors ?? [];
    throw new ServerError(
      errors.map(({ message }) => message).join(' ') || 'The server gave no answer.',
      errors.flatMap(({ extensions }) => extensions?.code ?? []),
    );
  }
  return answer.data;
}
