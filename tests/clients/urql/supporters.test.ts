import assert from 'node:assert/strict';
import { test } from 'node:test';

import { data, url } from '../server.js';
import { client, SUPPORTERS, supporters } from './supporters.js';

const LAW = 'fair-and-responsible-kratom-regulation';

test('relayPagination joins the pages', async (t) => {
  const { law } = await data<{ law: { supporters: { nodes: { name: string }[] } } }>(
    'query ($law: String!) { law(slug: $law) { supporters(first: 100) { nodes { name } } } }',
    { law: LAW },
  );
  let nSent = 0;
  const urql = client(url, (input, init) => {
    nSent += 1;
    return fetch(input, init);
  });
  const list = await supporters(urql, LAW, 2);
  const names = list?.edges.map(({ node }) => node.name);
  assert.deepEqual(
    names,
    law.supporters.nodes.map(({ name }) => name),
  );
  assert.equal(names?.length, list?.totalCount);
  assert.ok(names && names.length > 4, 'there are three pages at least');
  t.diagnostic(`${names.length} supporters, ${nSent} requests`);

  const nBefore = nSent;
  const again = await urql.query(SUPPORTERS, { law: LAW, first: 2, after: null }).toPromise();
  assert.equal(again.data?.law?.name, 'Fair and responsible kratom regulation');
  assert.equal(nSent, nBefore, 'the cache has it');
});

test('an error keeps its code', async () => {
  const answer = await client(url).query('query Unknown { nothing }', {}).toPromise();
  const [error] = answer.error?.graphQLErrors ?? [];
  assert.equal(typeof error?.extensions.code, 'string');
});
