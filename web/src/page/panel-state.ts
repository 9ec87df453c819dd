import { useCallback } from 'react';

import { createStore, useStore } from '../store';

/** What the panels want to be found again by a permalink, by the panel's name. Plain JSON. */
export const panelStates = createStore<Readonly<Record<string, unknown>>>({});

/**
 * Like `useState`, for what belongs to the question rather than to the moment: a permalink keeps it, and it survives
 * that the panel is closed and opened again. `Value` is plain JSON.
 */
export function usePanelState<Value>(panel: string, initial: Value): [Value, (next: Value) => void] {
  const value = (useStore(panelStates)[panel] as Value | undefined) ?? initial;
  const set = useCallback((next: Value) => panelStates.set({ ...panelStates.get(), [panel]: next }), [panel]);
  return [value, set];
}
