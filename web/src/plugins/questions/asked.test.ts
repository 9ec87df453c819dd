import { parse } from 'graphql';
import { expect, test } from 'vitest';

import type { Answer } from '../../answer/answer';
import { outcomeOf } from './asked';

const QUERY = '{ organizations { totalCount } }';

function answer(more: Partial<Answer> = {}): Answer {
  return {
    query: QUERY,
    document: parse(QUERY),
    operationName: undefined,
    variables: {},
    data: {},
    hasErrors: false,
    ...more,
  };
}

const former = answer();

test.each([
  ['nothing but what stood there before', null, former, 'unanswered'],
  ['an answer', null, answer(), 'answered'],
  ['an answer without values', { first: undefined }, answer(), 'answered'],
  ['an answer that failed as a whole', null, answer({ data: null }), 'unanswered'],
  ['an answer to other values', { first: 1 }, answer({ variables: { first: 2 } }), null],
  ['an answer to another question', null, answer({ query: '{ laws { totalCount } }' }), null],
])('after %s', (_, variables, last, outcome) => {
  const asked = { query: QUERY, variables: variables ?? {}, before: former };
  expect(outcomeOf(asked, last, false)).toBe(outcome);
  expect(outcomeOf(asked, last, true)).toBe('asking');
});
