/** Pages forwards by `after`, pages backwards by `before`, and one large page are the same list. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { getNamedType, isRequiredArgument } from 'graphql';

import { data, publishedSchema } from '../server.js';

/** All that the root lists: claims, components, conflicts, documents, gaps … topics. */
const LISTS_MIN = 11;

type Page = {
  totalCount: number;
  edges: { cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
};

const ITEMS = 'totalCount edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

const lists = Object.values(publishedSchema().getQueryType()?.getFields() ?? {}).filter(
  (field) => getNamedType(field.type).name.endsWith('Connection') && !field.args.some(isRequiredArgument),
);

test('lists at the root, page by page', async (suite) => {
  for (const { name } of lists) {
    await suite.test(name, async () => {
      const forwards = `query ($n: Int!, $cursor: String) { list: ${name}(first: $n, after: $cursor) { ${ITEMS} } }`;
      const backwards = `query ($n: Int!, $cursor: String) { list: ${name}(last: $n, before: $cursor) { ${ITEMS} } }`;

      const there: string[] = [];
      for (let page = await pageOf(forwards, 97, null); ; page = await pageOf(forwards, 97, page.pageInfo.endCursor)) {
        assert.equal(page.pageInfo.hasPreviousPage, there.length > 0);
        there.push(...page.edges.map(({ cursor }) => cursor));
        if (!page.pageInfo.hasNextPage) {
          assert.equal(there.length, page.totalCount);
          break;
        }
      }
      const back: string[] = [];
      for (let page = await pageOf(backwards, 89, null); ; page = await pageOf(backwards, 89, page.pageInfo.startCursor)) {
        assert.equal(page.pageInfo.hasNextPage, back.length > 0);
        back.unshift(...page.edges.map(({ cursor }) => cursor));
        if (!page.pageInfo.hasPreviousPage) {
          break;
        }
      }
      assert.deepEqual(back, there);
      assert.equal(new Set(there).size, there.length, 'no item comes twice');
    });
  }
  suite.diagnostic(`${lists.length} lists`);
  assert.ok(lists.length >= LISTS_MIN, `only ${lists.map(({ name }) => name).join(', ')}`);
});

async function pageOf(query: string, n: number, cursor: string | null): Promise<Page> {
  return (await data<{ list: Page }>(query, { n, cursor })).list;
}
