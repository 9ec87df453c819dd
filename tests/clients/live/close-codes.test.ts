/** What graphql-transport-ws has a server close a socket with, when a client breaks its rules. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';

import { WebSocket } from 'ws';

import { url } from '../server.js';

const INIT = { type: 'connection_init' };
/** The default of the setting that limits it. */
const OPERATIONS_MAX = 50;

/** Opens a socket, says all messages and gives back the code that the server closes it with. */
async function codeFor(...messages: (object | string | Uint8Array)[]): Promise<number> {
  const socket = new WebSocket(url.replace(/^http/u, 'ws'), 'graphql-transport-ws');
  await once(socket, 'open');
  assert.equal(socket.protocol, 'graphql-transport-ws');
  const closed = once(socket, 'close');
  for (const message of messages) {
    const isRaw = typeof message === 'string' || message instanceof Uint8Array;
    socket.send(isRaw ? message : JSON.stringify(message));
    if (message === INIT && socket.readyState === WebSocket.OPEN) {
      await Promise.race([once(socket, 'message'), closed]);
    }
  }
  const [code] = await closed;
  return Number(code);
}

/** A subscription that stays open. */
function subscribe(id: string): object {
  return { type: 'subscribe', id, payload: { query: 'subscription { graphChanged { version } }' } };
}

test('4400 for what is no message', async () => {
  const binary = new TextEncoder().encode(JSON.stringify(INIT));
  for (const message of ['', 'nonsense', '{', 'null', '[]', '{}', '{"type":7}', '{"type":"start"}', binary]) {
    assert.equal(await codeFor(message), 4400, String(message));
  }
  const withoutQuery = { type: 'subscribe', id: '1', payload: {} };
  const withoutId = { type: 'subscribe', payload: { query: '{ graph { revision } }' } };
  for (const message of [withoutQuery, withoutId, { type: 'complete' }]) {
    assert.equal(await codeFor(INIT, message), 4400, JSON.stringify(message));
  }
});

test('4401 for an operation before the connection is acknowledged', async () => {
  assert.equal(await codeFor(subscribe('1')), 4401);
});

test('4408 for who never says connection_init', async () => {
  assert.equal(await codeFor(), 4408);
  assert.equal(await codeFor({ type: 'ping' }), 4408);
});

test('4409 for a second operation of one id', async () => {
  assert.equal(await codeFor(INIT, subscribe('1'), subscribe('1')), 4409);
});

test('4429 for a second connection_init, and for too many operations', async () => {
  assert.equal(await codeFor(INIT, INIT), 4429);
  const operations = Array.from({ length: OPERATIONS_MAX + 1 }, (_, i) => subscribe(String(i)));
  assert.equal(await codeFor(INIT, ...operations), 4429);
});
