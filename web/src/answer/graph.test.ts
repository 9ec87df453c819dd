import { expect, test } from 'vitest';

import { graphOf, union } from './graph';

const aka = { id: 'organization/aka', kind: 'ORGANIZATION', name: 'American Kratom Association' };
const act = { id: 'law/model-act', kind: 'LAW', name: 'Model act' };
const supports = {
  id: 'statement/1',
  predicate: 'SUPPORTS',
  subject: aka,
  object: act,
  basis: 'STATED',
  on: '2026-01',
};

const unqualified = { aspect: null, from: null, until: null, condition: null, voice: null };

test('entities and statements are found wherever they stand, once', () => {
  const { entities, statements } = graphOf({
    law: { ...act, supporters: { edges: [{ node: aka, statements: [supports, supports] }] } },
    again: [null, [aka], 'organization/aka'],
  });
  expect([...entities.values()]).toEqual([act, aka]);
  expect([...statements.values()]).toEqual([
    {
      id: 'statement/1',
      predicate: 'SUPPORTS',
      subject: 'organization/aka',
      object: 'law/model-act',
      isInferred: false,
      on: '2026-01',
      ...unqualified,
    },
  ]);
});

test('a statement without an id is known by what it says', () => {
  const { statements } = graphOf([{ predicate: 'OPPOSES', subject: aka, object: act, basis: 'INFERRED' }]);
  expect([...statements.values()]).toEqual([
    {
      id: 'organization/aka OPPOSES law/model-act',
      predicate: 'OPPOSES',
      subject: 'organization/aka',
      object: 'law/model-act',
      isInferred: true,
      on: null,
      ...unqualified,
    },
  ]);
});

test('what narrows a statement is known', () => {
  const narrowed = { aspect: 'Labels', from: '2024', until: '2025-03', condition: 'unless amended', voice: 'MEMBER' };
  const { entities, statements } = graphOf({ ...supports, ...narrowed, aspect: { name: 'Labels' } });
  expect(statements.get('statement/1')).toMatchObject(narrowed);
  expect(entities.size).toBe(2);
});

test.each([
  ['a document', { id: 'document/minutes', name: 'Minutes' }],
  ['something without a name', { id: 'law/model-act' }],
  ['a statement with one end', { ...supports, object: null, subject: { id: 'organization/aka' } }],
  ['nothing', null],
  ['a number', 7],
])('%s is neither entity nor statement', (_, data) => {
  const { entities, statements } = graphOf(data);
  expect([entities.size, statements.size]).toEqual([0, 0]);
});

test('a union holds what either holds', () => {
  const both = union(graphOf(aka), graphOf([supports]));
  expect([...both.entities.keys()].sort()).toEqual(['law/model-act', 'organization/aka']);
  expect([...both.statements.keys()]).toEqual(['statement/1']);
});
