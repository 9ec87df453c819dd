/** Subscriptions over a WebSocket: the protocol graphql-transport-ws, by the client graphql-ws. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

import { url } from '../server.js';
import { type LiveClient, now, watchAnOrganization } from './changes.js';
import { GRAPH_CHANGED } from './subscriptions.js';

/** A client, and how many sockets it has opened and seen closed, with which codes. */
function client(): { client: Client & LiveClient; opened: () => number; closed: Promise<number> } {
  let nOpened = 0;
  const { promise: closed, resolve } = withResolvers<number>();
  const created = createClient({
    url: url.replace(/^http/u, 'ws'),
    webSocketImpl: WebSocket,
    lazy: true,
    // The socket stays until the client is disposed of, so that all operations of a test share it.
    lazyCloseTimeout: 60_000,
    retryAttempts: 0,
    on: {
      connected: () => {
        nOpened += 1;
      },
      closed: (event) => resolve((event as { code: number }).code),
    },
  });
  return { client: created as Client & LiveClient, opened: () => nOpened, closed };
}

test('an import is told to all that watch on one socket', async () => {
  const { client: live, opened } = client();
  await watchAnOrganization(live, 'seen-over-a-websocket');
  assert.equal(opened(), 1);
  await live.dispose();
});

test('who gives the version that it knows is told at once what it missed', async () => {
  const { client: live } = client();
  const { revision } = await now(live);
  const events = live.iterate({ query: GRAPH_CHANGED, variables: { since: revision - 1 } });
  const { value } = await events.next();
  assert.equal(value.data.graphChanged.version, revision);
  await live.dispose();
});

test('an invalid operation ends with its errors, and the socket goes on', async () => {
  const { client: live, opened } = client();
  for (const query of ['subscription { nothingLikeThis }', 'subscription {', '{ nothingLikeThis }']) {
    await assert.rejects(live.iterate({ query }).next(), (errors: { extensions?: { code?: string } }[]) => {
      assert.equal(typeof errors[0]?.extensions?.code, 'string', JSON.stringify(errors));
      return true;
    });
  }
  assert.ok((await now(live)).revision > 0);
  assert.equal(opened(), 1);
  await live.dispose();
});

test('the server answers a close', async () => {
  const { client: live, closed } = client();
  await now(live);
  await live.dispose();
  assert.equal(await closed, 1000);
});

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolved) => {
    resolve = resolved;
  });
  return { promise, resolve };
}
