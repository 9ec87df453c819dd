import { expect, test } from 'vitest';

import { lanes, wrapped } from './lanes';

const interval = (start: number, end: number) => ({ start, end });

test('what does not meet shares a lane', () => {
  expect(lanes([interval(0, 10), interval(14, 20), interval(30, 40)], 4)).toEqual([0, 0, 0]);
});

test('what meets, or comes nearer than the gap, is stacked', () => {
  expect(lanes([interval(0, 10), interval(13, 20), interval(15, 30), interval(24, 40)], 4)).toEqual([0, 1, 0, 1]);
  expect(lanes([interval(0, 10), interval(5, 9), interval(0, 30)], 0)).toEqual([0, 2, 1]);
});

test('the order in which they are given does not matter', () => {
  expect(lanes([interval(13, 20), interval(0, 10)], 4)).toEqual([1, 0]);
});

test('no two of a lane overlap, and there are as many lanes as overlap at once', () => {
  const intervals = Array.from({ length: 200 }, (_, i) =>
    interval((i * 37) % 211, ((i * 37) % 211) + 5 + ((i * 13) % 17)),
  );
  const chosen = lanes(intervals, 0);
  for (const [i, a] of intervals.entries()) {
    for (const [j, b] of intervals.entries()) {
      expect(i !== j && chosen[i] === chosen[j] && a.start < b.end && b.start < a.end).toBe(false);
    }
  }
  const atOnce = intervals.map(
    ({ start }) => intervals.filter((other) => other.start <= start && start < other.end).length,
  );
  expect(Math.max(...chosen) + 1).toBe(Math.max(...atOnce));
});

test('a text is wrapped between words, and a long word within', () => {
  const letters = (text: string) => text.length;
  expect(wrapped('Washington Poison Center', 12, letters)).toEqual(['Washington', 'Poison', 'Center']);
  expect(wrapped('Washington Poison Center', 17, letters)).toEqual(['Washington Poison', 'Center']);
  expect(wrapped('a 7-hydroxymitragynine', 8, letters)).toEqual(['a', '7-hydrox', 'ymitragy', 'nine']);
  expect(wrapped('', 10, letters)).toEqual([]);
});
