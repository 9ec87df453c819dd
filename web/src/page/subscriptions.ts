import type { Fetcher, FetcherParams } from '@graphiql/toolkit';
import { type ExecutionResult, GraphQLError, getOperationAST, OperationTypeNode, parse } from 'graphql';
import type { Client } from 'graphql-ws';

/** Opens a connection as soon as something is subscribed to; `parameters` are told to the server first. */
export type Connect = (parameters: Readonly<Record<string, unknown>>) => Promise<Pick<Client, 'iterate'>>;

/**
 * The same fetcher, which hears subscriptions over a WebSocket.
 *
 * GraphiQL's own way needs an older version of the library, and tells of a lost connection as a number.
 */
export function subscribing(fetcher: Fetcher, connect: Connect): Fetcher {
  return async (params, options) =>
    isSubscription(params)
      ? eventsOf(await connect(options?.headers ?? {}), params)
      : // What GraphiQL parsed may be what stood in the editor before, such as a subscription.
        fetcher(params, options?.headers ? { headers: options.headers } : {});
}

/** The library is loaded when it is first needed. */
export function connectTo(url: string): Connect {
  return async (connectionParams) => {
    const { createClient } = await import('graphql-ws');
    // Whoever subscribes once more begins anew; events that were missed meanwhile would be missed in silence.
    return createClient({ url, connectionParams, retryAttempts: 0 });
  };
}

/** Where the server hears subscriptions, by where it takes requests. */
export function socketAddress(url: string, page: string): string {
  const address = new URL(url, page);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.hash = '';
  return address.href;
}

function isSubscription({ query, operationName }: FetcherParams): boolean {
  try {
    return getOperationAST(parse(query), operationName)?.operation === OperationTypeNode.SUBSCRIPTION;
  } catch {
    // The server says what is wrong with it.
    return false;
  }
}

/** What the server tells; why it stopped telling is the last of it, as an answer with errors. */
function eventsOf(client: Pick<Client, 'iterate'>, { query, operationName, variables }: FetcherParams) {
  const events = client.iterate<Record<string, unknown>>({
    query,
    operationName: operationName ?? null,
    variables: variables ?? null,
  });
  let isOver = false;
  const next = async (): Promise<IteratorResult<ExecutionResult, undefined>> => {
    if (isOver) {
      return { done: true, value: undefined };
    }
    try {
      const event = await events.next();
      return event.done ? { done: true, value: undefined } : (event as IteratorYieldResult<ExecutionResult>);
    } catch (problem) {
      isOver = true;
      return { done: false, value: { errors: errorsOf(problem) } };
    }
  };
  // Not a generator: that would be stopped only after the next event, which may never come.
  const stop = async (): Promise<IteratorResult<ExecutionResult, undefined>> => {
    isOver = true;
    await events.return?.();
    return { done: true, value: undefined };
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next,
    return: stop,
  };
}

function errorsOf(problem: unknown): readonly GraphQLError[] {
  if (Array.isArray(problem)) {
    return problem;
  }
  const { code, reason } = (problem ?? {}) as { code?: unknown; reason?: unknown };
  return [new GraphQLError(sentenceOn(typeof code === 'number' ? code : 0, typeof reason === 'string' ? reason : ''))];
}

/** @param code - Of the end of a WebSocket (RFC 6455, section 7.4); from 4400 on, of GraphQL over WebSocket. */
function sentenceOn(code: number, reason: string): string {
  switch (code) {
    case 1001:
    case 1012:
      return 'The server has ended the connection, as it does when it is stopped. Subscribe again once it is back.';
    case 4408:
      return 'The server waited too long for the connection to be opened. Subscribe again.';
    case 4429:
      return 'There are too many subscriptions or connections. Stop some, then subscribe again.';
    default:
      return reason
        ? `The server has ended the connection (${code}): ${reason}`
        : 'The connection to the server was lost, or there was none. Is it still running? Subscribe again.';
  }
}
