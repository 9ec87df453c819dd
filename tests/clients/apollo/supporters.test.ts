import assert from 'node:assert/strict';
import { test } from 'node:test';

import { gql } from '@apollo/client';

import { data, url } from '../server.js';
import { client, SUPPORTERS, supporters } from './supporters.js';

const LAW = 'fair-and-responsible-kratom-regulation';

/** What was sent: whether with the operation's text, and whether with its hash. */
type Sent = { query: boolean; hash: boolean };

/** A `fetch` that writes down what it sends. */
function listening(): { send: typeof fetch; sent: Sent[] } {
  const sent: Sent[] = [];
  const send: typeof fetch = (input, init) => {
    const body = JSON.parse(String(init?.body));
    sent.push({ query: 'query' in body, hash: Boolean(body.extensions?.persistedQuery?.sha256Hash) });
    return fetch(input, init);
  };
  return { send, sent };
}

test('fetchMore adds page after page to one list', async (t) => {
  const { law } = await data<{ law: { supporters: { nodes: { name: string }[] } } }>(
    'query ($law: String!) { law(slug: $law) { supporters(first: 100) { nodes { name } } } }',
    { law: LAW },
  );
  const { send, sent } = listening();
  const apollo = client(url, send);
  const list = await supporters(apollo, LAW, 2);
  const names = list?.edges.map(({ node }) => node.name);
  assert.deepEqual(
    names,
    law.supporters.nodes.map(({ name }) => name),
  );
  assert.equal(names?.length, list?.totalCount);
  assert.ok(names && names.length > 4, 'there are three pages at least');
  t.diagnostic(`${names.length} supporters, ${sent.length} requests`);

  const nSent = sent.length;
  const again = await apollo.query({ query: SUPPORTERS, variables: { law: LAW, first: 2 } });
  assert.equal(again.data?.law?.supporters.edges.length, names.length, 'the cache has them all');
  assert.equal(sent.length, nSent, 'nothing was asked again');
});

test('an operation that the server has seen goes by its hash', async () => {
  // A text of its own, which no server has seen: the name tells it apart from other runs' against the same server.
  const name = `Unseen${process.hrtime.bigint()}`;
  const query = gql(`query ${name} { graph { nEntities } }`);
  const { send, sent } = listening();
  const ask = () => client(url, send).query({ query, fetchPolicy: 'no-cache' });

  const first = await ask();
  assert.deepEqual(sent, [
    { query: false, hash: true },
    { query: true, hash: true },
  ]);
  const second = await ask();
  assert.deepEqual(sent.slice(2), [{ query: false, hash: true }]);
  assert.deepEqual(second.data, first.data);
});

test('a hash of another text is refused', async () => {
  const sha256Hash = '0'.repeat(64);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      query: '{ graph { nEntities } }',
      extensions: { persistedQuery: { version: 1, sha256Hash } },
    }),
  });
  const answer = (await response.json()) as { data?: unknown; errors?: { message: string }[] };
  assert.ok(answer.errors?.[0], 'an error tells so');
  assert.equal(answer.data ?? null, null);
});
