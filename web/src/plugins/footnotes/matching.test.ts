import { expect, test } from 'vitest';

import type { CitedDocument } from '../../answer/citations';
import { matching } from './matching';

const cited = (title: string, first: number, ...texts: string[]): CitedDocument => ({
  document: {
    __typename: 'Document',
    id: `document/${title}`,
    slug: title,
    title,
    publisher: 'Press',
    publishedOn: null,
    url: null,
  },
  footnotes: texts.map((text, i) => ({
    number: first + i,
    locator: { __typename: 'Lines', start: 10 + i, end: 10 + i, anchor: 'As they say' },
    quotes: [],
    citedFor: [{ text, direction: 'SUPPORTS' }],
  })),
});
const DOCUMENTS = [cited('Blog', 1, 'FDA opposes Act', 'AKA supports Act'), cited('Report', 3, 'FDA regulates AKA')];

test.each([
  ['', [1, 2, 3]],
  ['  ', [1, 2, 3]],
  ['fda', [1, 3]],
  ['FDA act', [1]],
  ['report', [3]],
  ['line 11', [2]],
  ['as they press', [1, 2, 3]],
  ['nobody', []],
])('“%s” is found in %j', (search, numbers) => {
  const found = matching(DOCUMENTS, search);
  expect(found.flatMap(({ footnotes }) => footnotes.map(({ number }) => number))).toEqual(numbers);
  expect(found.every(({ footnotes }) => footnotes.length > 0)).toBe(true);
});
