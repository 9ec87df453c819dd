import { act, renderHook, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';

import { useSuggestions } from './suggestions';

afterEach(() => vi.unstubAllGlobals());

test('while other words are looked up, nothing is offered that the former words found', async () => {
  const answers = new Map<string, (response: Response) => void>();
  vi.stubGlobal('fetch', (_: string, { body }: { body: string }) => {
    const { query = '' } = JSON.parse(body).variables;
    return new Promise<Response>((resolve) => answers.set(query, resolve));
  });
  const answer = async (query: string) => {
    await waitFor(() => expect(answers.has(query)).toBe(true));
    const nodes = [{ __typename: 'Law', id: `law/${query}`, kind: 'LAW', name: `SB ${query}` }];
    await act(async () => answers.get(query)?.(Response.json({ data: { search: { totalCount: 1, nodes } } })));
  };
  const { result, rerender } = renderHook(({ typed }) => useSuggestions(typed, ['LAW'], true), {
    initialProps: { typed: '5941' },
  });
  const offered = () => ({
    names: result.current.entities.map(({ name }) => name),
    isLoading: result.current.isLoading,
  });
  await answer('5941');
  expect(offered()).toEqual({ names: ['SB 5941'], isLoading: false });

  rerender({ typed: '6196' });
  expect(offered()).toEqual({ names: [], isLoading: true });
  await answer('6196');
  expect(offered()).toEqual({ names: ['SB 6196'], isLoading: false });
});
