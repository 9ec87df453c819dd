import type { ExecutionResult } from 'graphql';
import { beforeEach, expect, test, vi } from 'vitest';

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

const SUBSCRIPTION = 'subscription { graphChanged { version } }';

test('of a subscription what was told last is kept, until something else is asked', async () => {
  const events = [1, 2, 3].map((version) => ({
    data: { graphChanged: { version } },
    extensions: { cost: { estimated: 1 } },
  }));
  const told = remembering(async ({ query }) => (query === SUBSCRIPTION ? iterated(events) : { data: { b: 1 } }));
  const listening = (await told({ query: SUBSCRIPTION })) as AsyncIterable<ExecutionResult>;
  const versions: unknown[] = [];
  for await (const { data } of listening) {
    versions.push(data);
    const n = versions.length;
    expect(lastAnswer.get()).toMatchObject(n < 3 ? { data: { graphChanged: { version: n } } } : { data: { b: 1 } });
    if (n === 2) {
      await told({ query: '{ b }' });
    }
  }
  expect(versions).toHaveLength(3);
});

test('what ends a subscription leaves the last that was told', async () => {
  const told = remembering(async () => iterated([{ data: { a: 1 } }, { errors: [] }] as ExecutionResult[]));
  for await (const _ of (await told({ query: SUBSCRIPTION })) as AsyncIterable<ExecutionResult>) {
    expect(lastAnswer.get()?.data).toEqual({ a: 1 });
  }
  expect(lastAnswer.get()?.data).toEqual({ a: 1 });
});

test('who stops listening to it stops it, though nothing is told', async () => {
  const stopped = vi.fn(async () => ({ done: true as const, value: undefined }));
  const silent = { next: () => new Promise<never>(() => {}), return: stopped };
  const told = remembering(async () => ({ [Symbol.asyncIterator]: () => silent }));
  const listening = (await told({ query: SUBSCRIPTION })) as AsyncIterable<ExecutionResult>;
  const events = listening[Symbol.asyncIterator]();
  void events.next();
  await events.return?.();
  expect(stopped).toHaveBeenCalledOnce();
});

async function* iterated(events: readonly ExecutionResult[]) {
  yield* events;
}
