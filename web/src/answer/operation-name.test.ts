import type { FetcherParams } from '@graphiql/toolkit';
import { expect, test } from 'vitest';

import { rightlyNamed } from './operation-name';

const sent = (params: FetcherParams) => {
  let passedOn: FetcherParams | undefined;
  rightlyNamed((passed) => {
    passedOn = passed;
    return {};
  })(params);
  return passedOn;
};

test('the name of an operation goes with a document that holds it', () => {
  const params = { query: 'query A { a } query B { b }', operationName: 'B', variables: { c: 1 } };
  expect(sent(params)).toEqual(params);
});

test('the name of an operation that is gone does not', () => {
  expect(sent({ query: 'query A { a }', operationName: 'Before', variables: { c: 1 } })).toEqual({
    query: 'query A { a }',
    variables: { c: 1 },
  });
  expect(sent({ query: '{ a }', operationName: 'Before' })).toEqual({ query: '{ a }' });
});

test('what is no document is the server’s to refuse', () => {
  expect(sent({ query: '{ a', operationName: 'A' })).toEqual({ query: '{ a', operationName: 'A' });
});
