import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, print, validate } from 'graphql';
import { describe, expect, test } from 'vitest';

import type { Json, ResponsePath } from './lists';
import { pagingOf } from './next-page';

const SCHEMA = join(import.meta.dirname, '../../../../schema/graphql/schema.graphql');
const schema = buildSchema(readFileSync(SCHEMA, 'utf8'));

/** The operation for the page after (or before) `X`, on one line; it is one that the server takes. */
function next(query: string, path: ResponsePath, { data = {}, variables = {}, name, size }: Partial<Options> = {}) {
  const question = { document: parse(query), operationName: name, variables, data, schema };
  expect(validate(schema, question.document)).toEqual([]);
  const paging = pagingOf(question, path);
  if ('refusal' in paging) {
    return paging;
  }
  const page = paging.page('X', size);
  expect(validate(schema, page), print(page)).toEqual([]);
  return { query: print(page).replaceAll(/\s+/g, ' '), path: paging.path.join('.'), direction: paging.direction };
}

interface Options {
  data: Json;
  variables: Json;
  name: string;
  size: number;
}

describe('the next page', () => {
  test('is asked for after the cursor, and nothing else is asked', () => {
    expect(next('{ graph { nEntities } laws { nodes { name } } }', ['laws'])).toEqual({
      query: '{ laws(after: "X") { nodes { name } } }',
      path: 'laws',
      direction: 'forward',
    });
  });

  test('keeps other arguments, and replaces an `after` that is there', () => {
    const query = '{ laws(first: 5, after: "W", filter: { types: [BILL] }) { nodes { name } } }';
    expect(next(query, ['laws'])).toMatchObject({
      query: '{ laws(first: 5, filter: {types: [BILL]}, after: "X") { nodes { name } } }',
    });
    expect(next(query, ['laws'], { size: 100 })).toMatchObject({
      query: '{ laws(filter: {types: [BILL]}, after: "X", first: 100) { nodes { name } } }',
    });
  });

  test('needs no variables but its own', () => {
    const query = `query Q($slug: String!, $n: Int, $a: String, $other: String!) {
      law(slug: $slug) { supporters(first: $n, after: $a) { nodes { name } } } organization(slug: $other) { name }
    }`;
    expect(next(query, ['law', 'supporters'], { variables: { slug: 'act', n: 2, a: 'W' } })).toMatchObject({
      query:
        'query Q($slug: String!, $n: Int) { law(slug: $slug) { supporters(first: $n, after: "X") { nodes { name } } } }',
    });
  });

  test('is found through aliases and fragments, whose other uses stay', () => {
    const query = `query One { a: law(slug: "a") { ...L } b: law(slug: "b") { ...L } }
      fragment L on Law { name for: supporters { nodes { ...N } } against: opponents { nodes { ...N } } }
      fragment N on Organization { name }
      fragment M on Law { name }
      query Two { law(slug: "c") { ...M } }`;
    expect(next(query, ['b', 'for'], { name: 'One' })).toMatchObject({
      query:
        'query One { b: law(slug: "b") { ... on Law { for: supporters(after: "X") { nodes { ...N } } } } } ' +
        'fragment N on Organization { name }',
      path: 'b.for',
    });
  });

  test('is asked for wherever the same field is', () => {
    const query = `{ laws { nodes { name } } ...Q } fragment Q on Query { laws { totalCount } }`;
    expect(next(query, ['laws'])).toMatchObject({
      query: '{ ... { laws(after: "X") { nodes { name } } ... on Query { laws(after: "X") { totalCount } } } }',
    });
  });

  test('goes the other way when the last ones were asked for', () => {
    expect(next('{ laws(last: 5, before: "Y") { nodes { name } } }', ['laws'])).toMatchObject({
      query: '{ laws(last: 5, before: "X") { nodes { name } } }',
      direction: 'backward',
    });
    const query = 'query($l: Int, $f: Int) { laws(last: $l, first: $f) { nodes { name } } }';
    expect(next(query, ['laws'], { variables: { l: 5 } })).toMatchObject({ direction: 'backward' });
    expect(next(query, ['laws'], { variables: { f: 5, l: null } })).toMatchObject({ direction: 'forward' });
  });

  test('keeps the directives on the way', () => {
    const query =
      'query($yes: Boolean!) { laws @include(if: $yes) { nodes { name } } ... @skip(if: $yes) { topics { nodes { name } } } }';
    expect(next(query, ['laws'], { variables: { yes: true } })).toMatchObject({
      query: 'query ($yes: Boolean!) { laws(after: "X") @include(if: $yes) { nodes { name } } }',
    });
  });
});

describe('inside an item of a list', () => {
  const data = {
    laws: {
      nodes: [
        { id: 'law/a', supporters: {} },
        { id: 'law/b', supporters: {} },
      ],
    },
  };

  test('the next page is one of the item, by its id', () => {
    const query = 'query Q($n: Int) { laws(first: $n) { nodes { name supporters(first: 2) { nodes { name } } } } }';
    expect(next(query, ['laws', 'nodes', 1, 'supporters'], { data })).toEqual({
      query: 'query Q { node(id: "law/b") { ... on Law { supporters(first: 2, after: "X") { nodes { name } } } } }',
      path: 'node.supporters',
      direction: 'forward',
    });
  });

  test('the item is found in an edge, and through fragments of any type', () => {
    const query = `{ found: search(query: "act") { edges { node { ... on Law { for: supporters { nodes { name } } } ...O } } } }
      fragment O on Organization { for: supports { nodes { name } } }`;
    const edges = [{ node: { id: 'organization/aka', for: {} } }];
    expect(next(query, ['found', 'edges', 0, 'node', 'for'], { data: { found: { edges } } })).toMatchObject({
      query:
        '{ node(id: "organization/aka") { ... on Entity { ... on Law { for: supporters(after: "X") { nodes { name } } } ' +
        '... on Organization { for: supports(after: "X") { nodes { name } } } } } }',
      path: 'node.for',
    });
  });

  test('it is refused when the item has no id', () => {
    const query = '{ coalitions { members(first: 1) { nodes { name } } } }';
    const found = next(query, ['coalitions', 0, 'members'], { data: { coalitions: [{ members: {} }] } });
    expect(found).toEqual({ refusal: expect.stringMatching(/^This list is inside an item of another list/) });
  });
});

test('what is not in the operation is refused', () => {
  expect(next('{ laws { nodes { name } } }', ['topics'])).toEqual({
    refusal: 'The operation does not tell how to ask for this list.',
  });
});
