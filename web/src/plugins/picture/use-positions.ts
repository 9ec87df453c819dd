import { useEffect, useState } from 'react';

import type { Graph } from '../../answer/graph';
import type { Drawing, Pin } from './drawing';
import { arrowsOf, placedOf, roomFor } from './elements';
import { layOut, type Positions } from './layout';

/** Positions by all that they follow from. */
interface Placed {
  readonly key: string;
  readonly positions: Positions;
}

/**
 * Where everything stands: first the answer is laid out, then each addition around what is there, so that an expansion
 * moves little and undoing it moves everything back. Follows from its arguments alone. `null` until it is known.
 *
 * @param stages the answer, and what it grew to with each addition
 */
export function usePositions(
  stages: readonly Graph[],
  drawing: Drawing,
): { positions: Positions | null; isAtWork: boolean } {
  const [placed, setPlaced] = useState<readonly Placed[]>([]);
  const keys = keysOf(stages, drawing);
  const wanted = keys.join('\n');

  // biome-ignore lint/correctness/useExhaustiveDependencies: the keys tell of all that changes positions; not so what is hidden, or pinned since
  useEffect(() => {
    const nKnown = keys.findIndex((key, i) => placed[i]?.key !== key);
    if (nKnown < 0) {
      return;
    }
    const abort = new AbortController();
    const all = [...placed.slice(0, nKnown)];
    (async () => {
      for (const [i, key] of keys.entries()) {
        if (i >= nKnown) {
          const graph = placedOf(stages[i] as Graph, drawing);
          const positions = await place(graph, drawing, pinsBefore(drawing, i), all[i - 1]?.positions, abort.signal);
          all.push({ key, positions });
        }
      }
      setPlaced(all);
    })().catch((problem) => {
      if (!abort.signal.aborted) {
        throw problem;
      }
    });
    return () => abort.abort();
  }, [wanted]);

  const last = keys.length - 1;
  const isKnown = placed[last]?.key === keys[last];
  return { positions: (isKnown ? placed[last] : placed.at(-1))?.positions ?? null, isAtWork: !isKnown };
}

async function place(
  graph: Graph,
  { layout, center }: Drawing,
  pins: Readonly<Record<string, Pin>>,
  start: Positions | undefined,
  signal: AbortSignal,
): Promise<Positions> {
  const nodes = [...graph.entities.values()].map((entity) => {
    const pin = pins[entity.id];
    return { ...roomFor(entity), ...(pin && { fixed: { x: pin.x, y: pin.y } }) };
  });
  const edges = arrowsOf(graph).map(({ subject, object }) => ({ source: subject, target: object }));
  return layOut(layout, nodes, edges, {
    ...(start && { start }),
    ...(center.length > 0 && { center }),
    signal,
  });
}

/** Those that were set before the addition came. */
function pinsBefore({ pins }: Drawing, stage: number): Record<string, Pin> {
  return Object.fromEntries(Object.entries(pins).filter(([, { after }]) => after < stage));
}

/** For each stage, what its positions follow from. */
function keysOf(stages: readonly Graph[], drawing: Drawing): string[] {
  const { layout, center, placedWithout, additions } = drawing;
  const answer = stages[0] && numberOf(stages[0]);
  return stages.map((_, i) =>
    JSON.stringify([answer, layout, center, placedWithout, additions.slice(0, i), pinsBefore(drawing, i)]),
  );
}

const numbers = new WeakMap<Graph, number>();
let nNumbers = 0;

/** The same number for the same object, so that it can be a part of a key. */
function numberOf(graph: Graph): number {
  const number = numbers.get(graph) ?? ++nNumbers;
  numbers.set(graph, number);
  return number;
}
