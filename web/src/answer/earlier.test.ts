import { parse } from 'graphql';
import { expect, test } from 'vitest';

import { isEarlier } from './earlier';

const query = 'query A { a } query B { b }';
const variables = { on: '2024' };
const answer = { query, document: parse(query), operationName: 'A', variables, data: {}, hasErrors: false };

test('an answer is of an earlier question when query, variables or operation are others than in the editor', () => {
  expect(isEarlier(answer, { query, variables: { on: '2024' }, operationName: 'A' })).toBe(false);
  expect(isEarlier(answer, { query: `${query} `, variables, operationName: 'A' })).toBe(true);
  expect(isEarlier(answer, { query, variables: {}, operationName: 'A' })).toBe(true);
  expect(isEarlier(answer, { query, variables: undefined, operationName: 'A' })).toBe(true);
  expect(isEarlier(answer, { query, variables, operationName: 'B' })).toBe(true);
});

test('an operation whose name one of both does not tell may be the same', () => {
  expect(isEarlier(answer, { query, variables, operationName: null })).toBe(false);
  expect(isEarlier({ ...answer, operationName: undefined }, { query, variables, operationName: 'A' })).toBe(false);
});
