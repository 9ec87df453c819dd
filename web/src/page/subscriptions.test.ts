import type { Fetcher } from '@graphiql/toolkit';
import { GraphQLError } from 'graphql';
import { expect, test, vi } from 'vitest';

import { type Connect, socketAddress, subscribing } from './subscriptions';

const SUBSCRIPTION = 'subscription { graphChanged(since: 0) { version } }';

const overHttp: Fetcher = async () => ({ data: { isHttp: true } });

/** A connection on which these events come, and then what `end` does. */
function connection(events: object[], end: () => void | Promise<void> = () => {}) {
  const isOpen = { value: true };
  const connect = vi.fn<Connect>(async () => ({
    iterate: () => {
      const telling = (async function* () {
        yield* events as never[];
        await end();
      })();
      telling.return = async () => {
        isOpen.value = false;
        return { done: true, value: undefined };
      };
      return telling;
    },
  }));
  return { connect, isOpen };
}

async function heard(fetcher: Fetcher, query = SUBSCRIPTION) {
  const told = await fetcher({ query }, { headers: { authorization: 'Bearer a' } });
  const events: unknown[] = [];
  for await (const event of told as AsyncIterable<unknown>) {
    events.push(JSON.parse(JSON.stringify(event)));
  }
  return events;
}

test('a subscription is heard over the socket, with the headers as its parameters', async () => {
  const { connect } = connection([{ data: { n: 1 } }, { data: { n: 2 } }]);
  expect(await heard(subscribing(overHttp, connect))).toEqual([{ data: { n: 1 } }, { data: { n: 2 } }]);
  expect(connect).toHaveBeenCalledExactlyOnceWith({ authorization: 'Bearer a' });
});

test('all else goes the usual way', async () => {
  const { connect } = connection([]);
  const fetcher = subscribing(overHttp, connect);
  for (const query of ['{ a }', 'mutation { a }', 'subscription {', `query Read { a } ${SUBSCRIPTION}`]) {
    expect(await fetcher({ query, operationName: 'Read' }), query).toEqual({ data: { isHttp: true } });
  }
  expect(connect).not.toHaveBeenCalled();
});

test('of several operations the one that is named decides', async () => {
  const { connect } = connection([{ data: { n: 1 } }]);
  await subscribing(overHttp, connect)({ query: 'query A { a } subscription B { b }', operationName: 'B' });
  expect(connect).toHaveBeenCalledOnce();
});

test('what the server refuses is its answer', async () => {
  const refused = new GraphQLError('There is no such field.', { extensions: { code: 'INVALID' } });
  const { connect } = connection([], () => Promise.reject([refused]));
  expect(await heard(subscribing(overHttp, connect))).toEqual([
    { errors: [{ message: 'There is no such field.', extensions: { code: 'INVALID' } }] },
  ]);
});

test.each([
  [{ code: 1006, reason: '' }, /^The connection to the server was lost, or there was none\./],
  [new Event('error'), /^The connection to the server was lost, or there was none\./],
  [{ code: 1001, reason: 'Going away' }, /^The server has ended the connection, as it does when it is stopped\./],
  [{ code: 4408, reason: 'x' }, /^The server waited too long/],
  [{ code: 4429, reason: 'x' }, /^There are too many subscriptions or connections\./],
  [{ code: 4403, reason: 'Forbidden' }, /^The server has ended the connection \(4403\): Forbidden$/],
])('the end of a connection is told in a sentence (%#)', async (end, sentence) => {
  const { connect } = connection([{ data: { n: 1 } }], () => Promise.reject(end));
  expect(await heard(subscribing(overHttp, connect))).toEqual([
    { data: { n: 1 } },
    { errors: [{ message: expect.stringMatching(sentence) }] },
  ]);
});

test('who stops listening closes the connection at once, though nothing is told', async () => {
  const { connect, isOpen } = connection([], () => new Promise(() => {}));
  const told = (await subscribing(overHttp, connect)({ query: SUBSCRIPTION })) as AsyncIterableIterator<unknown>;
  void told.next();
  expect(await told.return?.()).toEqual({ done: true, value: undefined });
  expect(isOpen.value).toBe(false);
});

test('the socket is where the page’s requests go', () => {
  expect(socketAddress('./graphql', 'http://127.0.0.1:8080/#ask=a')).toBe('ws://127.0.0.1:8080/graphql');
  expect(socketAddress('./graphql', 'https://example.org/grounds/?a=1')).toBe('wss://example.org/grounds/graphql');
});
