import { expect, test } from 'vitest';

import { contrast, DARK, LIGHT, MEANINGS, shadeOf } from './palette';

test('the contrast of black on white is 21, and of a colour on itself 1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  expect(contrast('#1f5f9e', '#1f5f9e')).toBe(1);
});

test.each([...LIGHT, ...DARK])('$text on $ground is read by everybody', ({ ground, text }) => {
  expect(contrast(ground, text)).toBeGreaterThanOrEqual(4.5);
});

test('both ends stand out from the middle', () => {
  for (const shades of [LIGHT, DARK]) {
    const [first, , , middle, , , last] = shades.map(({ ground }) => ground) as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    expect(contrast(first, middle)).toBeGreaterThan(2.5);
    expect(contrast(last, middle)).toBeGreaterThan(2.5);
  }
});

test('only the ends mean all, only the middle means half', () => {
  const scores = [0, 0.01, 0.24, 0.25, 0.49, 0.5, 0.51, 0.75, 0.76, 0.99, 1];
  expect(scores.map(shadeOf)).toEqual([0, 1, 1, 2, 2, 3, 4, 4, 5, 5, 6]);
  expect(MEANINGS.length).toBe(LIGHT.length);
  expect(DARK.length).toBe(LIGHT.length);
});
