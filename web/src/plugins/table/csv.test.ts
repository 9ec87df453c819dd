import Papa from 'papaparse';
import { expect, test } from 'vitest';

import type { CitedDocument } from '../../answer/citations';
import { columnsOf } from './columns';
import { csvOf } from './csv';

const DOCUMENTS: CitedDocument[] = [
  {
    document: {
      __typename: 'Document',
      id: 'document/blog',
      slug: 'blog',
      title: 'Blog, "new"',
      publisher: null,
      publishedOn: null,
      url: null,
    },
    footnotes: [
      { number: 1, locator: { __typename: 'Lines', start: 18, end: 20, anchor: null }, quotes: [], citedFor: [] },
      { number: 2, locator: null, quotes: [], citedFor: [] },
    ],
  },
];

test('every row has its sources, and every line as many fields', () => {
  const columns = columnsOf([
    { name: 'Société “A”', score: -0.5, ok: true },
    { name: 'two\nlines, "quoted"', score: null, ok: false },
  ]);
  const csv = csvOf(columns, [1, 0], [[1, 2], []], DOCUMENTS);
  expect(csv).toBe(
    '\ufeffname,score,ok,sources\r\n' +
      '"two\nlines, ""quoted""",,false,\r\n' +
      'Société “A”,-0.5,true,"[1] Blog, ""new"", lines 18 to 20; [2] Blog, ""new"""\r\n',
  );
  const { data, errors } = Papa.parse<string[]>(csv, { skipEmptyLines: true });
  expect(errors).toEqual([]);
  expect(data.map(({ length }) => length)).toEqual([4, 4, 4]);
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])('%j is no formula', (text) => {
  const csv = csvOf(columnsOf([{ name: text }]), [0], [], []);
  expect(Papa.parse<string[]>(csv).data[1]).toEqual([`'${text}`, '']);
});

test('a field that is called like ours keeps its name', () => {
  expect(csvOf(columnsOf([{ sources: 3 }]), [0], [], [])).toBe('\ufeffsources,footnotes: sources\r\n3,\r\n');
});
