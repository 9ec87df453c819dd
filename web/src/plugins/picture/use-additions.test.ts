import { renderHook, waitFor } from '@testing-library/react';
import { parse } from 'graphql';
import { afterEach, expect, test, vi } from 'vitest';

import type { Answer } from '../../answer/answer';
import type { Addition } from './drawing';
import { useAdditions } from './use-additions';

afterEach(() => vi.unstubAllGlobals());

const QUERY = '{ law(slug: "act") { name } }';
const ADDITIONS: readonly Addition[] = [{ type: 'neighbors', of: 'law/act', limit: 61 }];

function answer(): Answer {
  return { query: QUERY, document: parse(QUERY), operationName: undefined, variables: {}, data: {}, hasErrors: false };
}

test('what is next to an entity is asked for once an answer, and again when the question is asked again', async () => {
  let name = 'Before';
  const server = vi.fn(async () => {
    const entities = [{ __typename: 'Law', id: 'law/next', kind: 'LAW', name }];
    return Response.json({ data: { neighborhood: { entities, statements: [], cuts: [] } } });
  });
  vi.stubGlobal('fetch', server);
  const nameNext = (added: ReturnType<typeof useAdditions>['added']) => added[0]?.graph.entities.get('law/next')?.name;

  const former = answer();
  const first = renderHook(({ of }) => useAdditions(of, ADDITIONS), { initialProps: { of: former } });
  await waitFor(() => expect(nameNext(first.result.current.added)).toBe('Before'));
  first.unmount();

  name = 'After';
  const second = renderHook(({ of }) => useAdditions(of, ADDITIONS), { initialProps: { of: former } });
  expect(nameNext(second.result.current.added)).toBe('Before');
  expect(server).toHaveBeenCalledTimes(1);
  second.rerender({ of: answer() });
  await waitFor(() => expect(nameNext(second.result.current.added)).toBe('After'));
  expect(server).toHaveBeenCalledTimes(2);
});
