import type { ExecutionResult } from 'graphql';
import { beforeEach, expect, test } from 'vitest';

import { lastAnswer, remembering } from './answer';

beforeEach(() => lastAnswer.set(null));

test('an answer that comes after that to a later question does not take its place', async () => {
  const answers: ((result: ExecutionResult) => void)[] = [];
  const ask = remembering(() => new Promise<ExecutionResult>((resolve) => answers.push(resolve)));
  const slow = ask({ query: '{ slow }' });
  const fast = ask({ query: '{ fast }' });
  answers[1]?.({ data: { fast: 1 } });
  await fast;
  expect(lastAnswer.get()).toMatchObject({ query: '{ fast }', data: { fast: 1 } });
  answers[0]?.({ data: { slow: 1 } });
  expect(await slow).toEqual({ data: { slow: 1 } });
  expect(lastAnswer.get()).toMatchObject({ query: '{ fast }', data: { fast: 1 } });
});

test('that the editor asks for the schema in between changes nothing', async () => {
  const answers: ((result: ExecutionResult) => void)[] = [];
  const ask = remembering(() => new Promise<ExecutionResult>((resolve) => answers.push(resolve)));
  const own = ask({ query: '{ own }' });
  const schema = ask({ query: 'query IntrospectionQuery { __typename }', operationName: 'IntrospectionQuery' });
  answers[1]?.({ data: { __typename: 'Query' } });
  await schema;
  expect(lastAnswer.get()).toBeNull();
  answers[0]?.({ data: { own: 1 } });
  await own;
  expect(lastAnswer.get()?.data).toEqual({ own: 1 });
});

test('only the operation that was run has to be a query', async () => {
  const query = 'query Read { a } mutation Write { b }';
  const ask = remembering(async () => ({ data: { a: 1 } }));
  await ask({ query, operationName: 'Write' });
  expect(lastAnswer.get()).toBeNull();
  await ask({ query, operationName: 'Read' });
  expect(lastAnswer.get()).toMatchObject({ operationName: 'Read', data: { a: 1 } });
});
