import { expect, test } from 'vitest';

import type { CitedDocument } from '../../answer/citations';
import { bibtexOf } from './bibtex';
import { cslOf } from './csl';
import { markdownOf } from './markdown';

const DOCUMENTS: CitedDocument[] = [
  {
    document: {
      __typename: 'Document',
      id: 'document/who-report',
      slug: 'who-report',
      title: 'WHO [report] on *kratom* & a_b: 50 % {sure}\n報告 “Žižek” <i>',
      publisher: 'Wa-law.org & Co.',
      publishedOn: '2026-01',
      url: 'https://example.org/Senate%20Bills/5941.xml?a=1&b_c=2 {x}',
    },
    footnotes: [
      {
        number: 1,
        locator: { __typename: 'Lines', start: 18, end: 20, anchor: 'The WHO' },
        quotes: ['no *risk*'],
        citedFor: [
          { text: 'AKA supports Model Act', direction: 'SUPPORTS' },
          { text: 'Model Act', direction: 'MENTIONS' },
        ],
      },
      { number: 2, locator: { __typename: 'Section', title: 'Über #1' }, quotes: [], citedFor: [] },
    ],
  },
  {
    document: {
      __typename: 'Document',
      id: 'document/plain',
      slug: 'plain',
      title: 'Plain',
      publisher: null,
      publishedOn: null,
      url: null,
    },
    footnotes: [
      { number: 3, locator: null, quotes: [], citedFor: [{ text: 'FDA disputes Claim', direction: 'DISPUTES' }] },
    ],
  },
];

test('Markdown shows titles as they are, and goes on numbering', () => {
  expect(
    markdownOf(DOCUMENTS),
  ).toBe(`**WHO \\[report\\] on \\*kratom\\* \\& a\\_b: 50 % {sure} 報告 “Žižek” \\<i\\>**. \
Wa-law.org \\& Co. 2026-01. <https://example.org/Senate%20Bills/5941.xml?a=1&b_c=2%20{x}>

1. lines 18 to 20: “no \\*risk\\*”: AKA supports Model Act; Model Act (mentions it)
2. section “Über \\#1”

**Plain**

3. the document as a whole: FDA disputes Claim (disputes it)
`);
});

test('CSL-JSON has an item a document', () => {
  expect(cslOf(DOCUMENTS)).toEqual([
    {
      id: 'who-report',
      type: 'webpage',
      title: DOCUMENTS[0]?.document.title,
      publisher: 'Wa-law.org & Co.',
      issued: { 'date-parts': [[2026, 1]] },
      URL: DOCUMENTS[0]?.document.url,
      note: 'Cited: [1] lines 18 to 20; [2] section “Über #1”',
    },
    { id: 'plain', type: 'document', title: 'Plain' },
  ]);
});

test('BibTeX loses no character', () => {
  expect(bibtexOf(DOCUMENTS)).toBe(`@misc{who-report,
\tyear = {2026},
\tmonth = {1},
\tnote = {Cited: [1] lines 18 to 20; [2] section “Über \\#1”},
\tpublisher = {Wa-law.org \\& Co.},
\ttitle = {{{WHO} [report] on *kratom* \\& a\\_b: 50 \\% \\{sure\\} 報告 “Žižek” \\textless{}i\\textgreater{}}},
\turl = {https://example.org/Senate%20Bills/5941.xml?a=1&b_c=2%20%7Bx%7D},
}
@misc{plain,
\ttitle = {{{Plain}}},
}

`);
});

test.each([
  ['2026', [[2026]], '\tyear = {2026},\n\tt'],
  ['2026-01', [[2026, 1]], '\tyear = {2026},\n\tmonth = {1},\n\tt'],
  ['2026-02-14', [[2026, 2, 14]], '\tyear = {2026},\n\tmonth = {feb 14},\n\tt'],
])('%s is as precise as it is known', (publishedOn, parts, fields) => {
  const documents = DOCUMENTS.slice(1).map(({ document, footnotes }) => ({
    document: { ...document, publishedOn },
    footnotes,
  }));
  expect(cslOf(documents)[0]?.issued).toEqual({ 'date-parts': parts });
  expect(bibtexOf(documents)).toContain(`@misc{plain,\n${fields}itle`);
  expect(markdownOf(documents)).toContain(`**Plain**. ${publishedOn}\n`);
});

test('an address that is none of the web is text, and never a link', () => {
  const documents = DOCUMENTS.slice(1).map(({ document, footnotes }) => ({
    document: { ...document, url: 'javascript:alert(a_b)' },
    footnotes,
  }));
  expect(markdownOf(documents)).toContain('**Plain**. javascript:alert(a\\_b)\n');
  expect(cslOf(documents)).toEqual([
    { id: 'plain', type: 'document', title: 'Plain', note: 'Address: javascript:alert(a_b)' },
  ]);
  expect(bibtexOf(documents)).toContain('\tnote = {Address: javascript:alert(a\\_b)},\n\ttitle');
  expect(bibtexOf(documents)).not.toContain('url =');
});
