import { afterEach, expect, test, vi } from 'vitest';

import { positionsOn } from './load';

afterEach(() => vi.unstubAllGlobals());

/** A server with a bill of so many substitutes. */
function serve(nVersions: number) {
  const named = (id: string) => ({ __typename: 'Law', id, kind: 'LAW', name: id });
  vi.stubGlobal('fetch', async (_: string, { body }: { body: string }) => {
    const { id } = JSON.parse(body).variables;
    const isBill = id === 'law/bill';
    const versions = isBill ? Array.from({ length: nVersions }, (_, i) => named(`law/${i}`)) : [];
    const node = {
      ...named(id),
      events: [],
      stances: [],
      versions: { nodes: versions },
      versionOf: { nodes: isBill ? [] : [named('law/bill')] },
      statements: { totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
    };
    return Response.json({ data: { node } });
  });
}

test.each([
  [3, 4, 0],
  [11, 12, 0],
  [14, 12, 3],
])('of %i versions it is told how many are left out', async (nVersions, nShown, nLeftOut) => {
  serve(nVersions);
  const { signal } = new AbortController();
  const found = await positionsOn('law/bill', { withVersions: true, on: null }, signal);
  expect([found.laws.length, found.nLeftOut]).toEqual([nShown, nLeftOut]);
});
