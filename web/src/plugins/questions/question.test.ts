import { readFileSync } from 'node:fs';
import { buildSchema, Kind, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';

import { found, readQuestion, THEMES } from './question';
import { questions } from './questions';

const schema = buildSchema(readFileSync('../schema/graphql/schema.graphql', 'utf8'));

const FILE = `# Who wrote the model act,
# and who enacted it? No source
# names an author.
# Theme: Laws and their status
query NoAuthor {
  # Nobody.
  law(slug: "kratom-consumer-protection-act") { name }
}
`;

describe('a file', () => {
  test('holds a question, what the answer tells, and a theme', () => {
    expect(readQuestion('../tests/queries/questions/04-who.graphql', FILE)).toEqual({
      id: 'questions/04-who',
      theme: 'Laws and their status',
      asks: 'Who wrote the model act, and who enacted it?',
      tells: 'No source names an author.',
      operation: FILE.replace('# Theme: Laws and their status\n', ''),
      searched:
        'who wrote the model act, and who enacted it? no source names an author. laws and their status kratom consumer protection act',
    });
  });

  test.each([
    ['no theme', FILE.replace('# Theme: Laws and their status\n', ''), 'does not end with the line "# Theme: …"'],
    ['another theme', FILE.replace('Laws and', 'Acts and'), 'names a theme of the list'],
    ['no question', FILE.replace('?', '.'), 'does not hold a question'],
    ['no sentence', FILE.replace(' No source\n# names an author.', ''), 'a sentence on what the answer tells'],
  ])('with %s is refused', (_, text, problem) => {
    expect(() => readQuestion('worked/1-a.graphql', text)).toThrow(problem);
  });
});

describe('the golden queries', () => {
  test('are all there, the worked ones first in their theme', () => {
    expect(questions.filter(({ id }) => id.startsWith('worked/'))).toHaveLength(19);
    expect(questions.filter(({ id }) => id.startsWith('questions/'))).toHaveLength(86);
    expect(questions.slice(0, 3).map(({ id }) => id)).toEqual([
      'worked/1-who-supports-the-model-act',
      'worked/3-who-presses-for-schedule-i-and-who-fights-it',
      'questions/01-who-supports-and-who-opposes-the-model-act',
    ]);
    expect(new Set(questions.map(({ theme }) => theme))).toEqual(new Set(THEMES));
  });

  test.each(questions.map((question) => [question.id, question] as const))('%s', (_, { asks, tells, operation }) => {
    const document = parse(operation);
    expect(validate(schema, document)).toEqual([]);
    const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    expect(operations).toEqual([expect.objectContaining({ name: expect.objectContaining({ kind: Kind.NAME }) })]);
    expect(asks).toMatch(/^[A-Z].+\?$/);
    expect(tells).toMatch(/^[A-Z0-9"].+\.$/);
  });
});

test('a search wants all words, wherever they stand', () => {
  expect(found(questions, ' ').length).toBe(105);
  expect(found(questions, 'Poison HEARING').map(({ id }) => id)).toEqual([
    'questions/23-how-did-the-poison-center-move',
  ]);
  expect(found(questions, '“Poison”, hearing?')).toEqual(found(questions, 'poison hearing'));
  expect(found(questions, 'south dakota consumer').map(({ id }) => id)).toEqual([
    'questions/06-since-when-does-the-act-hold-in-georgia-and-arizona',
  ]);
  expect(found(questions, 'no such word')).toEqual([]);
});
