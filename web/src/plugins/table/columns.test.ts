import { expect, test } from 'vitest';

import { columnsOf } from './columns';

const table = (...rows: Record<string, unknown>[]) =>
  Object.fromEntries(columnsOf(rows).map(({ name, cells }) => [name, cells]));

test('scalars are columns, in the order in which the rows tell of them', () => {
  expect(
    columnsOf([
      { name: 'AKA', score: 0.5, isOne: true },
      { name: 'FDA', since: '2026-01', score: null },
    ]),
  ).toEqual([
    { name: 'name', cells: ['AKA', 'FDA'], kind: 'text' },
    { name: 'score', cells: [0.5, null], kind: 'number' },
    { name: 'isOne', cells: [true, null], kind: 'text' },
    { name: 'since', cells: [null, '2026-01'], kind: 'date' },
  ]);
});

test('objects in objects are columns by their way', () => {
  expect(table({ document: { title: 'Blog', at: { line: 3 } } }, { document: null })).toEqual({
    'document › title': ['Blog', null],
    'document › at › line': [3, null],
  });
});

test('what is nothing everywhere is a column all the same', () => {
  expect(table({ note: null }, { note: null })).toEqual({ note: [null, null] });
});

test('lists of scalars are joined, lists of things by their names, or counted', () => {
  expect(
    table({
      aliases: ['AKA', 'A.K.A.'],
      none: [],
      topics: [{ name: 'Labels' }, { name: 'Age' }],
      citations: [{ quote: 'x' }, { quote: 'y' }],
      statements: [{ subject: { name: 'AKA' }, predicate: 'NEUTRAL_ON', object: { name: 'Act' } }],
    }),
  ).toEqual({
    aliases: ['AKA, A.K.A.'],
    none: [null],
    topics: ['Labels; Age'],
    citations: [2],
    statements: ['AKA neutral on Act'],
  });
});

test('a connection in a row is the names in it, or its total', () => {
  expect(
    table({
      members: { nodes: [{ name: 'A' }, { name: 'B' }] },
      edges: { edges: [{ node: { name: 'C' } }] },
      counted: { totalCount: 7 },
      empty: { totalCount: 0, nodes: [] },
    }),
  ).toEqual({ members: ['A; B'], edges: ['C'], counted: [7], empty: [0] });
});

test('of a page of a connection in a row, the whole is told', () => {
  expect(
    table({
      named: { totalCount: 6, nodes: [{ name: 'A' }, { name: 'B' }] },
      unnamed: { totalCount: 6, nodes: [{ slug: 'a' }, { slug: 'b' }] },
      edges: { totalCount: 3, edges: [{ node: { name: 'C' } }] },
      whole: { totalCount: 1, nodes: [{ name: 'D' }] },
    }),
  ).toEqual({ named: ['A; B and 4 more'], unnamed: [6], edges: ['C and 2 more'], whole: ['D'] });
});
