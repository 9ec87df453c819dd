import { useEffect, useState } from 'react';

/** What was loaded, and how far that is. */
export interface Loaded<Data> {
  /** What was loaded last: while the next is on its way, still the former. `null` before the first and after a fault. */
  readonly data: Data | null;
  /** What went wrong, in words fit to be shown. */
  readonly problem: string | null;
  readonly isLoading: boolean;
}

const NOTHING = { data: null, problem: null, isLoading: false };

/**
 * Loads anew whenever `load` is another function, and gives up what is no longer wanted. `null` loads nothing.
 *
 * Give it the result of `useMemo` or `useCallback`.
 */
export function useLoaded<Data>(load: ((signal: AbortSignal) => Promise<Data>) | null): Loaded<Data> {
  const [loaded, setLoaded] = useState<Loaded<Data>>(NOTHING);
  useEffect(() => {
    if (!load) {
      setLoaded(NOTHING);
      return;
    }
    const abort = new AbortController();
    setLoaded(({ data }) => ({ data, problem: null, isLoading: true }));
    load(abort.signal).then(
      (data) => !abort.signal.aborted && setLoaded({ data, problem: null, isLoading: false }),
      (problem: unknown) => {
        if (!abort.signal.aborted) {
          setLoaded({
            data: null,
            problem: problem instanceof Error ? problem.message : String(problem),
            isLoading: false,
          });
        }
      },
    );
    return () => abort.abort();
  }, [load]);
  return loaded;
}
