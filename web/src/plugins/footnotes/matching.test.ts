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

test('of what a place is cited for, that which was searched is left', () => {
  const [document] = DOCUMENTS;
  const [first, second] = document?.footnotes ?? [];
  if (!document || !first || !second) {
    throw new Error('the documents of this test have two footnotes');
  }
  const both = { ...first, citedFor: [...first.citedFor, ...second.citedFor] };
  const texts = (search: string) =>
    matching([{ ...document, footnotes: [both] }], search).flatMap(({ footnotes }) =>
      footnotes.flatMap(({ citedFor }) => citedFor.map(({ text }) => text)),
    );
  expect(texts('aka blog')).toEqual(['AKA supports Act']);
  expect(texts('fda supports')).toEqual([]);
  expect(texts('blog')).toEqual(['FDA opposes Act', 'AKA supports Act']);
});
