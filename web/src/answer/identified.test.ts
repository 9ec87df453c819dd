import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, print, validate } from 'graphql';
import { expect, test } from 'vitest';

import { countCutShort, identified } from './identified';

const REPOSITORY = join(import.meta.dirname, '../../..');
const schema = buildSchema(readFileSync(join(REPOSITORY, 'schema/graphql/schema.graphql'), 'utf8'));

function operation(query: string): string {
  return print({ kind: 'Document', definitions: [identified(parse(query), schema).definitions[0]] } as never);
}

test('entities, statements and relations are identified; what was asked stays', () => {
  expect(operation('{ law(slug: "act") { name supporters { nodes { type } } } }')).toBe(`{
  law(slug: "act") {
    name
    supporters {
      nodes {
        type
        ...Grounds_Named
      }
      totalCount
      pageInfo {
        hasNextPage
        endCursor
        hasPreviousPage
        startCursor
      }
      edges {
        statements {
          ...Grounds_Arrow
        }
      }
    }
    ...Grounds_Named
  }
}`);
});

test('computed things come with the statements behind them, under a name of ours', () => {
  expect(operation('{ law(slug: "act") { stances { stance why { rule } } } }')).toContain(
    'grounds_why: why {\n        nStatements\n        statements(first: 50) {\n          ...Grounds_Arrow\n        }\n      }',
  );
});

test.each([
  ['a verdict', '{ claim(slug: "c") { assessment { verdict } } }'],
  ['where each of two stands', '{ agreement(organizations: ["a", "b"]) { differing { a { stance } } } }'],
  ['what a withdrawal changes', '{ impact(of: "study/s", assume: RETRACTED) { nStances } }'],
])('%s comes with the statements behind it', (_, query) => {
  const innermost = query.match(/\w+(?= })/)?.[0];
  expect(operation(query).replace(/\s+/g, ' ')).toContain(
    `${innermost} grounds_why: why { nStatements statements(first: 50) { ...Grounds_Arrow } }`,
  );
});

test('computed things that rest on more statements than are told are counted', () => {
  const of = (nStatements: number) => ({ grounds_why: { nStatements, statements: [] } });
  expect(countCutShort({ gaps: [of(50), of(51)], claim: { assessment: of(120) } })).toBe(2);
  expect(countCutShort({ gaps: [of(50)], claim: null })).toBe(0);
});

test('events and notices say what they are', () => {
  expect(
    operation('{ law(slug: "act") { events { note } } study(slug: "s") { notices { on } } }').match(
      /__typename\s+kind\s+on/g,
    ),
  ).toHaveLength(2);
});

test('what a fragment of the same type asks is not asked twice', () => {
  const { definitions } = identified(
    parse('{ graph { kinds { kind } } organization(slug: "aka") { ...O } } fragment O on Organization { slug }'),
    schema,
  );
  expect(definitions.map((definition) => print(definition).match(/Grounds_Named/g)?.length)).toEqual([undefined, 1, 1]);
});

test('whatever may be an entity or a statement is asked for both', () => {
  const text = operation('{ node(id: "x") { id } }');
  expect(text).toContain('...Grounds_Named');
  expect(text).toContain('...Grounds_Arrow');
  expect(text).not.toContain('...Grounds_Source');
});

test('every question of the tests is still valid when it is identified', () => {
  const files = ['worked', 'questions'].flatMap((folder) => {
    const path = join(REPOSITORY, 'tests/queries', folder);
    return readdirSync(path)
      .filter((name) => name.endsWith('.graphql'))
      .map((name) => join(path, name));
  });
  expect(files.length).toBeGreaterThanOrEqual(105);
  for (const file of files) {
    const document = identified(parse(readFileSync(file, 'utf8')), schema);
    expect(
      validate(schema, document).map(({ message }) => message),
      file,
    ).toEqual([]);
  }
});
