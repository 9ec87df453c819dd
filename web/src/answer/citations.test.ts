import { describe, expect, test } from 'vitest';

import {
  type CitedStatement,
  citedForText,
  countOf,
  footnoteNumbers,
  footnotesOf,
  ownerAt,
  statementIdsOf,
  tracesIn,
} from './citations';

const document = (slug: string) => ({
  __typename: 'Document' as const,
  id: `document/${slug}`,
  slug,
  title: `The ${slug}`,
  publisher: null,
  publishedOn: null,
  url: null,
});
const lines = (start: number, end = start, anchor: string | null = null) =>
  ({ __typename: 'Lines', start, end, anchor }) as const;
const citation = (slug: string, locator: CitedStatement['citations'][number]['locator'], more = {}) => ({
  __typename: 'Citation' as const,
  direction: 'SUPPORTS' as const,
  quote: null,
  document: document(slug),
  locator,
  ...more,
});
const aka = { __typename: 'Organization', id: 'organization/aka', kind: 'ORGANIZATION', name: 'AKA' } as const;
const act = { __typename: 'Law', id: 'law/act', kind: 'LAW', name: 'Model Act' } as const;
const unqualified = { aspect: null, on: null, from: null, until: null, condition: null, voice: null } as const;
const arrow = { __typename: 'Statement', predicate: 'SUPPORTS', basis: 'STATED', ...unqualified } as const;
const supports: CitedStatement = {
  ...arrow,
  id: 'statement/1',
  subject: aka,
  object: act,
  citations: [citation('blog', lines(24)), citation('report', lines(3, 5))],
};
const neutral: CitedStatement = {
  ...arrow,
  id: 'statement/2',
  predicate: 'NEUTRAL_ON',
  basis: 'INFERRED',
  subject: aka,
  object: act,
  citations: [
    citation('blog', lines(18, 20), { quote: 'we wait' }),
    citation('blog', lines(24), { direction: 'DISPUTES' }),
  ],
};
const known = new Map([supports, neutral].map((statement) => [statement.id, statement]));
const { citations: _, ...bare } = supports;
const { citations: __, ...bareNeutral } = neutral;

describe('traces', () => {
  test('are citations and statements in the order of the answer', () => {
    const data = { law: { ...act, mentions: { nodes: [citation('blog', lines(9))] }, statements: { nodes: [bare] } } };
    expect([...tracesIn(data)]).toEqual([
      { citation: citation('blog', lines(9)), citedFor: 'Model Act' },
      { statementId: 'statement/1' },
    ]);
  });

  test('tell what event a citation is of', () => {
    const event = { __typename: 'LawEvent', kind: 'IN_FORCE', on: '2026-01', citations: [citation('blog', null)] };
    const undated = { ...event, on: null };
    expect([...tracesIn({ law: { ...act, events: [event, undated] } })]).toMatchObject([
      { citedFor: 'Model Act: in force, 2026-01' },
      { citedFor: 'Model Act: in force' },
    ]);
    expect([...tracesIn({ nodes: [{ entity: aka, event }] })]).toMatchObject([{ citedFor: 'AKA: in force, 2026-01' }]);
  });

  test('leave out what is no citation, and statements without an id', () => {
    const renamed = { __typename: 'Citation', doc: document('blog') };
    const { id: _, ...withoutId } = bare;
    expect([...tracesIn({ a: renamed, b: withoutId, c: null })]).toEqual([]);
  });

  test('name each statement once', () => {
    expect(statementIdsOf(tracesIn([bare, bareNeutral, bare]))).toEqual(['statement/1', 'statement/2']);
  });

  test('know what a path leads to and what is about there', () => {
    const mentions = { nodes: [] };
    expect(ownerAt({ laws: { nodes: [{ ...act, mentions }] } }, ['laws', 'nodes', 0, 'mentions'])).toEqual({
      value: mentions,
      owner: 'Model Act',
    });
    expect(ownerAt({}, ['law', 'supporters'])).toEqual({ value: undefined, owner: '' });
  });
});

describe('footnotes', () => {
  test('tell a statement once, whatever else was selected of it', () => {
    const selected = { ...supports, venue: 'SIGN_IN', certainty: 'HIGH' };
    expect(footnotesOf(tracesIn([selected]), known)).toEqual(footnotesOf(tracesIn([bare]), known));
  });

  const documents = footnotesOf(tracesIn([bare, bareNeutral]), known);

  test('go through documents as they appear, and through each from front to back', () => {
    expect(
      documents.map(({ document, footnotes }) => [
        document.slug,
        footnotes.map(({ number, locator }) => [number, locator]),
      ]),
    ).toEqual([
      [
        'blog',
        [
          [1, lines(18, 20)],
          [2, lines(24)],
        ],
      ],
      ['report', [[3, lines(3, 5)]]],
    ]);
    expect(countOf(documents)).toBe(3);
  });

  test('say what a place is cited for, and how the document takes it', () => {
    expect(documents[0]?.footnotes.map(({ citedFor }) => citedFor.map(citedForText))).toEqual([
      ['AKA neutral on Model Act (inferred, not stated)'],
      ['AKA supports Model Act', 'AKA neutral on Model Act (inferred, not stated) (disputes it)'],
    ]);
    expect(documents[0]?.footnotes.map(({ quotes }) => quotes)).toEqual([['we wait'], []]);
  });

  test('tell facts with all that narrows them, and facts on several parts apart', () => {
    const parts = ['Safety', 'Labels'].map((name, i): CitedStatement => {
      const id = `statement/part-${i}`;
      return { ...supports, id, aspect: { name }, condition: 'unless amended', on: '2026-01' };
    });
    const data = parts.map(({ citations: _, ...statement }) => statement);
    const [found] = footnotesOf(tracesIn(data), new Map(parts.map((statement) => [statement.id, statement])));
    expect(found?.footnotes[0]?.citedFor.map(({ text }) => text)).toEqual([
      'AKA supports Model Act (as to Safety; on 2026-01; unless amended)',
      'AKA supports Model Act (as to Labels; on 2026-01; unless amended)',
    ]);
  });

  test('take a place that is cited twice once, whatever its anchor', () => {
    const data = [citation('blog', lines(7, 7, 'It is')), citation('blog', lines(7))];
    expect(footnotesOf(tracesIn({ law: { ...act, c: data } }), known)).toEqual([
      {
        document: document('blog'),
        footnotes: [
          {
            number: 1,
            locator: lines(7, 7, 'It is'),
            quotes: [],
            citedFor: [{ text: 'Model Act', direction: 'SUPPORTS' }],
          },
        ],
      },
    ]);
  });

  test('order places of all kinds', () => {
    const locators = [
      { __typename: 'Fragment', value: 'top' },
      { __typename: 'Section', title: 'Z' },
      { __typename: 'Section', title: 'A' },
      lines(10),
      lines(9, 12),
      lines(9, 10),
      { __typename: 'Pages', start: 30, end: 31 },
      null,
    ] as const;
    const [found] = footnotesOf(tracesIn(locators.map((locator) => citation('blog', locator))), known);
    expect(found?.footnotes.map(({ locator }) => locator)).toEqual([
      null,
      { __typename: 'Pages', start: 30, end: 31 },
      lines(9, 10),
      lines(9, 12),
      lines(10),
      { __typename: 'Section', title: 'Z' },
      { __typename: 'Section', title: 'A' },
      { __typename: 'Fragment', value: 'top' },
    ]);
  });

  test('of statements that are gone there are none', () => {
    expect(footnotesOf(tracesIn(bare), new Map())).toEqual([]);
  });

  test('are found again by what leads to them', () => {
    expect(footnoteNumbers(tracesIn(bare), known, documents)).toEqual([2, 3]);
    expect(footnoteNumbers(tracesIn({ a: citation('report', lines(3, 5)) }), known, documents)).toEqual([3]);
    expect(footnoteNumbers(tracesIn({ a: citation('elsewhere', lines(1)) }), known, documents)).toEqual([]);
  });
});
