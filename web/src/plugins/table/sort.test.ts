import { expect, test } from 'vitest';

import { columnsOf } from './columns';
import { nextSort, orderOf } from './sort';

const ordered = (values: unknown[], direction: 'ascending' | 'descending' = 'ascending') => {
  const columns = columnsOf(values.map((v) => ({ v })));
  return orderOf(values.length, columns, { column: 'v', direction }).map((i) => values[i]);
};

test('numbers are sorted as numbers', () => {
  expect(ordered([10, 9, -1, 0.5])).toEqual([-1, 0.5, 9, 10]);
});

test('dates are sorted as dates, however precise', () => {
  expect(ordered(['2026-02', '2025', '2026-01-27', '2026', '2026-01'])).toEqual([
    '2025',
    '2026',
    '2026-01',
    '2026-01-27',
    '2026-02',
  ]);
});

test('text is sorted as people do', () => {
  expect(ordered(['Zürich', 'HB 10', 'émigré', 'apple', 'HB 9', 'Emil'])).toEqual([
    'apple',
    'émigré',
    'Emil',
    'HB 9',
    'HB 10',
    'Zürich',
  ]);
});

test('what is empty comes last either way', () => {
  expect(ordered([null, 2, null, 1])).toEqual([1, 2, null, null]);
  expect(ordered([null, 2, null, 1], 'descending')).toEqual([2, 1, null, null]);
});

test('equal rows keep the order of the answer, either way', () => {
  const columns = columnsOf([{ v: 'b' }, { v: 'a' }, { v: 'B' }, { v: 'a' }]);
  expect(orderOf(4, columns, { column: 'v', direction: 'ascending' })).toEqual([1, 3, 0, 2]);
  expect(orderOf(4, columns, { column: 'v', direction: 'descending' })).toEqual([0, 2, 1, 3]);
  expect(orderOf(4, columns, { column: 'gone', direction: 'ascending' })).toEqual([0, 1, 2, 3]);
  expect(orderOf(4, columns, null)).toEqual([0, 1, 2, 3]);
});

test('three clicks lead back to the order of the answer', () => {
  const first = nextSort(null, 'name');
  const second = nextSort(first, 'name');
  expect([first, second, nextSort(second, 'name')]).toEqual([
    { column: 'name', direction: 'ascending' },
    { column: 'name', direction: 'descending' },
    null,
  ]);
  expect(nextSort(second, 'type')).toEqual({ column: 'type', direction: 'ascending' });
});
