import { readFileSync } from 'node:fs';
import { buildSchema, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { entryOf, problemWith, valueFrom } from './entry';
import { questions } from './questions';
import { type Variable, variablesOf } from './variables';

const schema = buildSchema(readFileSync('../schema/graphql/schema.graphql', 'utf8'));

function only(operation: string): Variable {
  const variables = variablesOf(parse(operation), schema);
  expect(variables).toHaveLength(1);
  return variables[0] as Variable;
}

test('an operation without variables has none', () => {
  expect(variablesOf(parse('{ graph { nEntities } }'), schema)).toEqual([]);
});

test('all that is known of a variable', () => {
  const operation = `query Q($onSubstitute: PartialDate = "2026-02-06") {
    law(slug: "a") { ...How }
  }
  fragment How on Law { stances(on: $onSubstitute) { stance } }`;
  expect(only(operation)).toEqual({
    name: 'onSubstitute',
    label: 'On substitute',
    help: expect.stringMatching(/^As it stands on the last day of this date, .+ Empty: by the last position/),
    isRequired: false,
    initial: '2026-02-06',
    control: { is: 'date' },
  });
});

describe('the place where a variable is used decides what fills it in', () => {
  test.each<[string, Partial<Variable>]>([
    [
      'query Q($x: String!) { law(slug: $x) { name } }',
      { isRequired: true, help: '', control: { is: 'entity', kinds: ['LAW'], by: 'slug' } },
    ],
    ['query Q($x: String!) { document(slug: $x) { title } }', { control: { is: 'document', by: 'slug' } }],
    [
      'query Q($x: ID) { conflicts(organization: $x) { totalCount } }',
      {
        isRequired: false,
        help: "With this organization's own stances or words on a side; empty: with anybody's.",
        control: { is: 'entity', kinds: ['ORGANIZATION'], by: 'id' },
      },
    ],
    [
      'query Q($x: ID) { conflicts(about: $x) { totalCount } }',
      { control: { is: 'entity', kinds: ['LAW', 'CLAIM', 'TOPIC'], by: 'id' } },
    ],
    ['query Q($x: ID) { conflicts(document: $x) { totalCount } }', { control: { is: 'document', by: 'id' } }],
    [
      'query Q($x: ID) { coalitions(about: $x) { nMembers } }',
      { control: { is: 'entity', kinds: ['LAW', 'CLAIM', 'TOPIC'], by: 'id' } },
    ],
    [
      'query Q($x: ID) { gaps(about: $x) { totalCount } }',
      { control: { is: 'entity', kinds: ['ORGANIZATION', 'LAW', 'CLAIM'], by: 'id' } },
    ],
    [
      'query Q($x: ID!) { timeline(of: $x) { totalCount } }',
      { control: { is: 'entity', kinds: ['ORGANIZATION', 'LAW', 'CLAIM'], by: 'id' } },
    ],
    [
      'query Q($x: ID) { law(slug: "a") { stances(aspect: $x) { stance } } }',
      { control: { is: 'entity', kinds: ['TOPIC'], by: 'id' } },
    ],
    [
      'query Q($x: ID) { statements(filter: { aspect: $x }) { totalCount } }',
      { control: { is: 'entity', kinds: ['TOPIC'], by: 'id' } },
    ],
    [
      'query Q($x: ID!) { impact(of: $x, assume: RETRACTED) { nStances } }',
      { control: { is: 'entity', kinds: ['STUDY'], by: 'id' } },
    ],
    [
      'query Q($x: ID! = "document/a") { impact(of: $x, assume: WITHDRAWN) { nStances } }',
      { control: { is: 'document', by: 'id' } },
    ],
    [
      'query Q($x: ID) { claims(filter: { topic: $x }) { totalCount } }',
      {
        help: 'That are about this topic; empty: about any or none.',
        control: { is: 'entity', kinds: ['TOPIC'], by: 'id' },
      },
    ],
    [
      'query Q($x: ID) { statements(filter: { subject: $x }) { totalCount } }',
      {
        control: { is: 'entity', kinds: ['ORGANIZATION', 'LAW', 'CLAIM', 'STUDY', 'JURISDICTION', 'TOPIC'], by: 'id' },
      },
    ],
    [
      'query Q($law: ID) { statements(filter: { subject: $law }) { totalCount } }',
      { control: { is: 'entity', kinds: ['LAW'], by: 'id' } },
    ],
    [
      'query Q($study: ID) { conflicts(organization: $study) { totalCount } }',
      { control: { is: 'entity', kinds: ['ORGANIZATION'], by: 'id' } },
    ],
    [
      'query Q($x: [ID!]!) { agreement(organizations: $x) { nShared } }',
      { control: { is: 'entities', kinds: ['ORGANIZATION'], bounds: { least: 2, most: 50 } } },
    ],
    [
      'query Q($x: Int) { neighborhood(of: "a", limit: $x) { truncated } }',
      { control: { is: 'number', isWhole: true, bounds: { least: 1, most: 2000 } } },
    ],
    [
      'query Q($x: Int) { components(minSize: $x) { totalCount } }',
      { control: { is: 'number', isWhole: true, bounds: { least: 0, most: null } } },
    ],
    [
      'query Q($x: Boolean = true) { studies(filter: { identified: $x }) { totalCount } }',
      { initial: true, control: { is: 'yes or no' } },
    ],
    ['query Q($x: String!) { search(query: $x) { totalCount } }', { control: { is: 'text' } }],
    [
      'query Q($x: [ConflictStrength!] = [TENSION]) { conflicts(strengths: $x) { totalCount } }',
      {
        initial: ['TENSION'],
        control: {
          is: 'choices',
          choices: [
            { value: 'DIRECT', meaning: expect.any(String) },
            { value: 'TENSION', meaning: expect.any(String) },
          ],
        },
      },
    ],
    [
      'query Q($x: Assumption!) { impact(of: "a", assume: $x) { nStances } }',
      {
        control: {
          is: 'choice',
          choices: [
            { value: 'RETRACTED', meaning: expect.any(String) },
            { value: 'WITHDRAWN', meaning: expect.any(String) },
          ],
        },
      },
    ],
  ])('%s', (operation, expected) => {
    expect(only(operation)).toMatchObject(expected);
  });
});

test('every variable of every question has a control that takes its default and gives it back', () => {
  const variables = questions.flatMap(({ operation }) => variablesOf(parse(operation), schema));
  expect(variables).toHaveLength(104);
  for (const variable of variables) {
    const entry = entryOf(variable, variable.initial);
    expect(problemWith(variable, entry), variable.name).toBeNull();
    expect(valueFrom(variable, entry), variable.name).toEqual(variable.initial);
  }
});
