import { describe, expect, test } from 'vitest';

import { listsIn, partsOf, rowsOf, titleOf, valueAt } from './lists';

const data = {
  law: {
    name: 'Act',
    topics: [{ name: 'Labels' }],
    aliases: ['KCPA'],
    stances: [{ stance: 'SUPPORT', organization: { name: 'AKA' } }],
    supporters: { totalCount: 2, edges: [{ node: { name: 'AKA', supports: { nodes: [{ name: 'Act' }] } } }] },
    opponents: { totalCount: 0, nodes: [] },
    neutrals: { totalCount: 1 },
  },
  more: { nodes: [{ stance: 'OPPOSE', members: { nodes: [{ name: 'FDA' }] } }] },
};

describe('lists', () => {
  test('are connections, then plain lists of objects, then connections inside items', () => {
    expect(listsIn(data)).toEqual([
      { path: ['law', 'supporters'], name: 'law › supporters', isConnection: true },
      { path: ['more'], name: 'more', isConnection: true },
      { path: ['law', 'topics'], name: 'law › topics', isConnection: false },
      { path: ['law', 'stances'], name: 'law › stances', isConnection: false },
      {
        path: ['law', 'supporters', 'edges', 0, 'node', 'supports'],
        name: 'law › supporters › AKA › supports',
        isConnection: true,
      },
      { path: ['more', 'nodes', 0, 'members'], name: 'more › 1 › members', isConnection: true },
    ]);
  });

  test('the nodes that were asked for by ids are a plain list', () => {
    expect(listsIn({ nodes: [{ id: 'law/act' }, null] })).toEqual([
      { path: ['nodes'], name: 'nodes', isConnection: false },
    ]);
  });

  test('there are none in scalars', () => {
    expect(listsIn({ graph: { nEntities: 548 }, law: null, names: ['a'] })).toEqual([]);
  });

  test('are found again by their path', () => {
    expect(valueAt(data, ['law', 'supporters', 'edges', 0, 'node', 'name'])).toBe('AKA');
    expect(valueAt(data, ['law', 'nothing', 0, 'here'])).toBe(undefined);
  });
});

describe('rows', () => {
  test('have the fields of node and edge', () => {
    const edges = [{ score: 2, node: { name: 'AKA', statements: [] }, statements: [{ id: 's' }] }];
    expect(rowsOf({ edges })).toEqual([{ name: 'AKA', statements: [], score: 2, 'edge › statements': [{ id: 's' }] }]);
  });

  test('are one where a connection has both edges and nodes', () => {
    expect(rowsOf({ edges: [{ cursor: 'x', node: { type: 'BILL' } }], nodes: [{ name: 'Act' }] })).toEqual([
      { type: 'BILL', name: 'Act', cursor: 'x' },
    ]);
  });

  test('of a plain list are its objects', () => {
    expect(rowsOf([{ rank: 1 }, null, { rank: 2 }])).toEqual([{ rank: 1 }, { rank: 2 }]);
    expect(rowsOf(undefined)).toEqual([]);
  });

  test('keep node and edge apart for those who look for sources', () => {
    expect(partsOf({ nodes: [{ name: 'AKA' }], edges: [{ statements: [] }] })).toEqual([
      { node: { name: 'AKA' }, edge: { statements: [] } },
    ]);
  });
});

test.each([
  [{ name: 'Act', title: 'No' }, 'Act'],
  [{ node: { title: 'Blog' } }, 'Blog'],
  [{ name: null, wording: 'Kratom is safe' }, 'Kratom is safe'],
  [{ rank: 1 }, undefined],
  ['text', undefined],
])('%j is called %s', (item, title) => {
  expect(titleOf(item)).toBe(title);
});
