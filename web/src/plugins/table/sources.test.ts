import { expect, test } from 'vitest';

import { tracesOfRows } from './sources';

const citation = (slug: string) => ({
  __typename: 'Citation',
  direction: 'MENTIONS',
  quote: null,
  document: { id: `document/${slug}`, slug, title: slug },
  locator: null,
});
const statement = (n: number) => ({
  id: `statement/${n}`,
  predicate: 'SUPPORTS',
  subject: { id: 'organization/aka', name: 'AKA' },
  object: { id: 'law/act', name: 'Act' },
});

test('the sources of a row are those of its node and its edge', () => {
  const supporters = {
    nodes: [
      { id: 'organization/aka', name: 'AKA' },
      { id: 'organization/fda', name: 'FDA' },
    ],
    edges: [{ statements: [statement(1)] }, { statements: [statement(2), statement(3)] }],
  };
  expect(tracesOfRows({ identified: { law: { supporters } }, path: ['law', 'supporters'] })).toEqual([
    [{ statementId: 'statement/1' }],
    [{ statementId: 'statement/2' }, { statementId: 'statement/3' }],
  ]);
});

test('a citation in a row is cited for what the list belongs to', () => {
  const law = { id: 'law/act', name: 'Act', mentions: { nodes: [citation('blog')] } };
  expect(tracesOfRows({ identified: { law }, path: ['law', 'mentions'] })).toEqual([
    [{ citation: citation('blog'), citedFor: 'Act' }],
  ]);
});

test('a node that stands in edge and nodes is looked at once', () => {
  const node = { citations: [citation('blog')] };
  expect(tracesOfRows({ identified: { a: { edges: [{ node }] } }, path: ['a'] })[0]).toHaveLength(1);
});
