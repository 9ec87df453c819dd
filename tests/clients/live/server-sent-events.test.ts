/** Subscriptions as server-sent events: distinct connections mode, by the client graphql-sse. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createClient } from 'graphql-sse';

import { url } from '../server.js';
import { type LiveClient, now, watchAnOrganization } from './changes.js';
import { GRAPH_CHANGED } from './subscriptions.js';

/** Each operation is a request of its own. */
function client() {
  return createClient({ url, singleConnection: false, retryAttempts: 0 });
}

test('an import is told to all that watch', async () => {
  const live = client();
  await watchAnOrganization(live as LiveClient, 'seen-in-an-event-stream');
  live.dispose();
});

test('who gives the version that it knows is told at once what it missed', async () => {
  const live = client();
  const { revision } = await now(live as LiveClient);
  const events = live.iterate<{ graphChanged: { version: number } }>({
    query: GRAPH_CHANGED,
    variables: { since: revision - 1 },
  });
  const { value } = await events.next();
  assert.equal(value.data.graphChanged.version, revision);
  await events.return?.();
  live.dispose();
});

test('a query is answered by one event and the end', async () => {
  const live = client();
  const results = [];
  for await (const result of live.iterate({ query: '{ graph { nEntities } }' })) {
    results.push(result);
  }
  assert.equal(results.length, 1);
  assert.ok(results[0]?.data);
  live.dispose();
});

test('an invalid operation is answered by its errors and the end', async () => {
  const live = client();
  for (const query of ['subscription { nothingLikeThis }', 'subscription {', '{ nothingLikeThis }']) {
    const events = live.iterate({ query });
    const { value } = await events.next();
    assert.equal(typeof value.errors?.[0]?.extensions?.code, 'string', JSON.stringify(value));
    assert.equal((await events.next()).done, true);
  }
  live.dispose();
});
