import { expect, test } from 'vitest';

import { isWebAddress } from './web-address';

test.each([
  ['https://example.org/a?b=1', true],
  ['HTTP://example.org', true],
  ['javascript:alert(1)', false],
  [' javascript:alert(1)//https://example.org', false],
  ['data:text/html,x', false],
  ['https:example.org', false],
  ['https://', false],
  ['10.1000/182', false],
  ['', false],
])('%s: %s', (text, isOne) => {
  expect(isWebAddress(text)).toBe(isOne);
});
