import { expect, test } from 'vitest';

import { reachedBy } from './walk';

const ROWS = [
  [
    { key: 'a', x: 10 },
    { key: 'b', x: 50 },
  ],
  [],
  [
    { key: 'c', x: 0 },
    { key: 'd', x: 45 },
    { key: 'e', x: 90 },
  ],
];

test.each([
  ['ArrowRight', 'a', 'b'],
  ['ArrowRight', 'b', null],
  ['ArrowLeft', 'b', 'a'],
  ['ArrowDown', 'a', 'c'],
  ['ArrowDown', 'b', 'd'],
  ['ArrowDown', 'e', null],
  ['ArrowUp', 'e', 'b'],
  ['ArrowUp', 'a', null],
  ['Home', 'e', 'a'],
  ['End', 'a', 'e'],
  ['Enter', 'a', null],
  ['ArrowDown', 'unknown', null],
])('%s leads from %s to %s', (key, from, to) => {
  expect(reachedBy(key, from, ROWS)).toBe(to);
});
