import { expect, test } from 'vitest';

import { type Added, cutsText, expansionOf, idsOf, lastExpansion, linksAmong, stepsOf, type Way } from './additions';
import type { Addition } from './drawing';

const WAY: Way = {
  entities: [
    { id: 'organization/a', kind: 'ORGANIZATION', name: 'A' },
    { id: 'law/b', kind: 'LAW', name: 'B' },
    { id: 'organization/c', kind: 'ORGANIZATION', name: 'C' },
  ],
  statements: new Map(
    (['organization/a', 'organization/c'] as const).map((subject, i) => [
      `statement/${i}`,
      {
        id: `statement/${i}`,
        predicate: 'SUPPORTS',
        subject,
        object: 'law/b',
        isInferred: false,
        on: null,
        aspect: null,
        from: null,
        until: null,
        condition: null,
        voice: null,
      },
    ]),
  ),
  meaning: 'The ends are connected, nothing more.',
};

test('a way reads forwards and backwards as its arrows point', () => {
  expect(stepsOf(WAY).map(({ entity, statement, isForward }) => [entity.name, statement?.id, isForward])).toEqual([
    ['A', undefined, false],
    ['B', 'statement/0', true],
    ['C', 'statement/1', false],
  ]);
});

test('entities and arrows lie on a way', () => {
  expect([...idsOf([WAY, WAY])]).toEqual([
    'organization/a',
    'law/b',
    'organization/c',
    'organization/a SUPPORTS law/b',
    'organization/c SUPPORTS law/b',
  ]);
});

test('each further expansion of an entity asks for five times as many neighbors', () => {
  const limits = [undefined, 61, 301, 1_501, 2_000].map((former) => expansionOf('law/a', former));
  expect(limits).toEqual([61, 301, 1_501, 2_000, 2_000].map((limit) => ({ type: 'neighbors', of: 'law/a', limit })));
});

test('the last expansion of an entity is known, and what it brought', () => {
  const additions: Addition[] = [
    { type: 'neighbors', of: 'law/a', limit: 61 },
    { type: 'paths', from: 'law/a', to: 'law/b' },
    { type: 'neighbors', of: 'law/a', limit: 301 },
  ];
  const added = (nLeftOut: number): Added => ({
    graph: { entities: new Map(), statements: new Map() },
    ways: [],
    nLeftOut,
    remark: '',
  });
  const all = [added(5), added(0), added(2)];
  expect(lastExpansion(additions, all, 'law/a')).toEqual({ limit: 301, added: all[2] });
  expect(lastExpansion(additions, all.slice(0, 2), 'law/a')).toEqual({ limit: 301, added: undefined });
  expect(lastExpansion(additions, all, 'law/b')).toBeUndefined();
});

test('links are asked for among a hundred entities at most', () => {
  const ids = Array.from({ length: 120 }, (_, i) => `law/${i}`);
  expect(linksAmong(ids)).toEqual({ type: 'links', among: ids.slice(0, 100) });
});

test('what the server left out is told in sentences', () => {
  expect(cutsText({ cuts: [] })).toBe('');
  expect(
    cutsText({
      cuts: [
        { limit: 'ENTITIES', nLeftOut: 33 },
        { limit: 'STATEMENTS', nLeftOut: 1 },
      ],
    }),
  ).toBe('33 more are left out. 1 statement is left out.');
  expect(
    cutsText({
      cuts: [
        { limit: 'VISITS', nLeftOut: null },
        { limit: 'ENTITIES', nLeftOut: null },
      ],
    }),
  ).toBe('The server stopped looking before it had seen all. More are left out.');
});
