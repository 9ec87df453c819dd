import { useCallback, useMemo } from 'react';
import { type BaseIssue, type BaseSchema, is } from 'valibot';

import { createStore, useStore } from '../store';

/** What the panels want to be found again by a permalink, by the panel's name. Plain JSON. */
export const panelStates = createStore<Readonly<Record<string, unknown>>>({});

/**
 * Like `useState`, for what belongs to the question rather than to the moment: a permalink keeps it, and it survives
 * that the panel is closed and opened again. `Value` is plain JSON.
 *
 * Anybody can write a link, and an old one may tell of a panel as it was: what is not of the `shape` counts as nothing.
 */
export function usePanelState<Value>(
  panel: string,
  shape: BaseSchema<unknown, Value, BaseIssue<unknown>>,
  initial: Value,
): [Value, (next: Value) => void] {
  const kept = useStore(panelStates)[panel];
  const value = useMemo(() => (is(shape, kept) ? (kept as Value) : initial), [shape, kept, initial]);
  const set = useCallback((next: Value) => panelStates.set({ ...panelStates.get(), [panel]: next }), [panel]);
  return [value, set];
}
