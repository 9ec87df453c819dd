import { afterEach, expect, test, vi } from 'vitest';

import { choiceText, mostSharing } from './load';

afterEach(() => vi.unstubAllGlobals());

function presetOf(n: number) {
  vi.stubGlobal('fetch', async () => Response.json({ data: { agreement: [] } }));
  const organizations = Array.from({ length: n }, (_, i) => ({ id: `o/${i}`, kind: 'ORGANIZATION', name: `${i}` }));
  return mostSharing(organizations as Parameters<typeof mostSharing>[0], new AbortController().signal);
}

test.each([
  [2, null],
  [12, null],
  [46, '12 of 46 organizations of the answer: those that share most.'],
  [50, '12 of 50 organizations of the answer: those that share most.'],
  [80, '12 of 80 organizations of the answer: of the first 50, those that share most.'],
])('which of %i organizations are shown is told', async (n, text) => {
  expect(choiceText(await presetOf(n))).toBe(text);
});
