import { expect, test } from 'vitest';

import type { Entity } from '../../answer/graph';
import { type Order, ordered, type Score } from './order';

/** Pairs as `ab: 1`; the others have nothing in common. */
function order(letters: string, by: Order, scores: Record<string, number>): string {
  const organizations = [...letters].map((id): Entity => ({ id, kind: 'ORGANIZATION', name: id.toUpperCase() }));
  const score: Score = (a, b) => scores[a + b] ?? scores[b + a] ?? null;
  return ordered(organizations, by, score)
    .map(({ id }) => id)
    .join('');
}

test('as picked, and by name', () => {
  expect(order('cab', 'picked', { ca: 1 })).toBe('cab');
  expect(order('cab', 'name', { ca: 1 })).toBe('abc');
});

test('those who agree stand together', () => {
  expect(order('axby', 'grouped', { ab: 1, xy: 1, ax: 0, ay: 0, bx: 0, by: 0 })).toBe('abxy');
});

test('between two groups stands who agrees with one of each', () => {
  const scores = { ab: 1, cd: 1, bc: 0.9, ac: 0, ad: 0, bd: 0 };
  expect(order('badc', 'grouped', scores)).toBe('abcd');
});

test('having nothing in common is nearer than differing, and farther than agreeing', () => {
  expect(order('acb', 'grouped', { ab: 1, bc: 0 })).toBe('bac');
});

test('it loses nobody, and equal ones stay as they come', () => {
  expect(order('dbca', 'grouped', {})).toBe('dbca');
  expect(order('a', 'grouped', {})).toBe('a');
  expect(order('', 'grouped', {})).toBe('');
});
