import { parse, print } from 'graphql';
import { expect, test } from 'vitest';

import { byRootField } from './root-fields';

test('each root field comes with the fragments and variables that it needs, and no others', () => {
  const document = parse(`
    query Two($slug: String!, $first: Int) {
      a: law(slug: $slug) { ...Law }
      laws(first: $first) { nodes { id } }
    }
    query Other { graph { nEntities } }
    fragment Law on Law { topics { ...Topic } }
    fragment Topic on Topic { name }
    fragment Unused on Topic { name }
  `);
  expect(byRootField(document, 'Two').map((part) => print(part).replaceAll(/\s+/g, ' '))).toEqual([
    'query Two($slug: String!) { a: law(slug: $slug) { ...Law } } ' +
      'fragment Law on Law { topics { ...Topic } } fragment Topic on Topic { name }',
    'query Two($first: Int) { laws(first: $first) { nodes { id } } }',
  ]);
});

test('without a name the first operation is meant', () => {
  expect(byRootField(parse('{ graph { nEntities } }'), undefined).map(print)).toEqual([
    '{\n  graph {\n    nEntities\n  }\n}',
  ]);
});
