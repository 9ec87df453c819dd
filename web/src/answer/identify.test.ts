import { buildSchema, parse } from 'graphql';
import { afterEach, expect, test, vi } from 'vitest';

import type { Answer } from './answer';
import { identify } from './identify';

afterEach(() => vi.unstubAllGlobals());

const schema = buildSchema('type Query { laws: Int claims: Int }');

function answer(hasErrors = false): Answer {
  const query = '{ laws claims }';
  const data = { laws: 1, claims: 2 };
  return { query, document: parse(query), operationName: undefined, variables: {}, data, hasErrors };
}

/** The server says these, one after the other: data, or the code of a refusal, or nothing at all. */
function says(...replies: (Record<string, unknown> | string | null)[]) {
  const server = vi.fn(async () => {
    const reply = replies.shift() ?? null;
    if (reply === null) {
      throw new TypeError('Failed to fetch');
    }
    return Response.json(
      typeof reply === 'string' ? { errors: [{ message: 'No.', extensions: { code: reply } }] } : { data: reply },
    );
  });
  vi.stubGlobal('fetch', server);
  return server;
}

test('what is too much at once is told field by field', async () => {
  says('LIMIT_EXCEEDED', { laws: 10 }, { claims: 20 });
  expect(await identify(answer(), schema)).toMatchObject({ data: { laws: 10, claims: 20 }, isBare: false });
});

test('a field that is too much by itself is as it was answered first', async () => {
  says('LIMIT_EXCEEDED', { laws: 10 }, 'LIMIT_EXCEEDED');
  expect(await identify(answer(), schema)).toMatchObject({ data: { laws: 10, claims: 2 }, isBare: true });
});

test('any other failure is told, and may have passed at the next try', async () => {
  const one = answer();
  const server = says(null, { laws: 10, claims: 20 });
  await expect(identify(one, schema)).rejects.toThrow('The server does not answer. Is it still running?');
  expect(await identify(one, schema)).toMatchObject({ data: { laws: 10, claims: 20 }, isBare: false });
  expect(await identify(one, schema)).toMatchObject({ isBare: false });
  expect(server).toHaveBeenCalledTimes(2);
});

test('a failure of one field is none of size', async () => {
  says('LIMIT_EXCEEDED', { laws: 10 }, 'UNAVAILABLE');
  await expect(identify(answer(), schema)).rejects.toThrow('No.');
});

test('what was refused when the reader asked is refused again, and is no problem of the panels', async () => {
  says('BAD_USER_INPUT', { laws: 10 }, 'BAD_USER_INPUT');
  expect(await identify(answer(true), schema)).toMatchObject({ data: { laws: 10, claims: 2 }, isBare: true });
});
