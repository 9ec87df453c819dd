import { act, renderHook } from '@testing-library/react';
import { nullable, object, string } from 'valibot';
import { expect, test } from 'vitest';

import { panelStates, usePanelState } from './panel-state';

const shape = object({ law: nullable(string()) });
const INITIAL = { law: null };

test('a state is kept under the panel’s name, beside those of other panels', () => {
  panelStates.set({ other: 1 });
  const { result } = renderHook(() => usePanelState('timeline', shape, INITIAL));
  expect(result.current[0]).toBe(INITIAL);
  act(() => result.current[1]({ law: 'law/bill-7' }));
  expect(result.current[0]).toEqual({ law: 'law/bill-7' });
  expect(panelStates.get()).toEqual({ other: 1, timeline: { law: 'law/bill-7' } });
});

test.each([[5], [null], [[]], [{}], [{ law: 7 }], ['law/bill-7']])('%j counts as nothing', (kept) => {
  panelStates.set({ timeline: kept });
  const { result } = renderHook(() => usePanelState('timeline', shape, INITIAL));
  expect(result.current[0]).toBe(INITIAL);
});
