import { expect, test } from 'vitest';

import { dayOf, isDay, middleOf, spanOf } from './dates';

const spelt = (date: string | null) => {
  const span = spanOf(date);
  return span && [span.start, span.end].map((time) => new Date(time).toISOString().slice(0, 13));
};

test.each([
  ['2026-01-27', ['2026-01-27T00', '2026-01-28T00']],
  ['2019-12', ['2019-12-01T00', '2020-01-01T00']],
  ['2024-02', ['2024-02-01T00', '2024-03-01T00']],
  ['2016', ['2016-01-01T00', '2017-01-01T00']],
  ['2023-12-31', ['2023-12-31T00', '2024-01-01T00']],
  ['0099', ['0099-01-01T00', '0100-01-01T00']],
  ['last year', null],
  [null, null],
])('%s reaches from %s', (date, expected) => {
  expect(spelt(date)).toEqual(expected);
});

test('only a whole date is a day', () => {
  expect(['2026', '2026-01', '2026-01-27'].map(isDay)).toEqual([false, false, true]);
});

test('a day is in its middle at noon', () => {
  const day = spanOf('2026-01-27');
  expect(day && new Date(middleOf(day)).toISOString()).toBe('2026-01-27T12:00:00.000Z');
});

test('today is the day on the wall, whatever day it is in Greenwich', () => {
  expect(dayOf(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  expect(dayOf(new Date(2026, 10, 22, 0, 1))).toBe('2026-11-22');
});
