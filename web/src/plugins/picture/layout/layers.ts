import type { Link } from './bodies';

/** Bodies by layer, and in each in their order, by their indices. */
export type Layers = readonly (readonly number[])[];

const SWEEPS = 8;

/**
 * Every link leads to a later layer, or to the same where there would be too many layers, as far as there are no
 * circles; and few links cross each other. Linear in both.
 */
export function layersOf(members: readonly number[], links: readonly Link[], adjacent: readonly number[][]): Layers {
  const rank = ranks(members, withoutCircles(members, links));
  const nRanks = Math.max(...rank.values()) + 1;
  const nLayers = Math.min(nRanks, Math.ceil(Math.sqrt(members.length)));
  const layers: number[][] = Array.from({ length: nLayers }, () => []);
  for (const i of members) {
    layers[Math.floor(((rank.get(i) ?? 0) * nLayers) / nRanks)]?.push(i);
  }
  return ordered(
    layers.filter(({ length }) => length > 0),
    adjacent,
  );
}

/** The links, those that close a circle turned around. */
function withoutCircles(members: readonly number[], links: readonly Link[]): Link[] {
  const outgoing = grouped(links);
  const state = new Map<number, 'open' | 'done'>();
  const turned: Link[] = [];
  for (const root of members) {
    if (state.has(root)) {
      continue;
    }
    state.set(root, 'open');
    const path = [{ i: root, rest: [...(outgoing.get(root) ?? [])] }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.rest.pop();
      if (next === undefined) {
        state.set(top.i, 'done');
        path.pop();
      } else if (state.get(next) === 'open') {
        turned.push([next, top.i]);
      } else {
        turned.push([top.i, next]);
        if (!state.has(next)) {
          state.set(next, 'open');
          path.push({ i: next, rest: [...(outgoing.get(next) ?? [])] });
        }
      }
    }
  }
  return turned;
}

/** The length of the longest way to each, and then as near to what follows as it can be. */
function ranks(members: readonly number[], links: readonly Link[]): Map<number, number> {
  const outgoing = grouped(links);
  const nIncoming = new Map<number, number>();
  for (const [, to] of links) {
    nIncoming.set(to, (nIncoming.get(to) ?? 0) + 1);
  }
  const rank = new Map(members.map((i) => [i, 0]));
  const order = members.filter((i) => !nIncoming.get(i));
  for (const i of order) {
    for (const next of outgoing.get(i) ?? []) {
      rank.set(next, Math.max(rank.get(next) ?? 0, (rank.get(i) ?? 0) + 1));
      const nLeft = (nIncoming.get(next) ?? 0) - 1;
      nIncoming.set(next, nLeft);
      if (nLeft === 0) {
        order.push(next);
      }
    }
  }
  for (const i of order.reverse()) {
    const following = (outgoing.get(i) ?? []).map((next) => rank.get(next) ?? 0);
    if (following.length > 0) {
      rank.set(i, Math.min(...following) - 1);
    }
  }
  return rank;
}

/** Each where, on average, its neighbours are, again and again (the barycenter method of Sugiyama et al. 1981). */
function ordered(layers: readonly number[][], adjacent: readonly number[][]): Layers {
  const place = new Map<number, number>();
  const note = (layer: readonly number[]) => {
    for (const [k, i] of layer.entries()) {
      place.set(i, (k + 0.5) / layer.length);
    }
  };
  layers.forEach(note);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const layer of sweep % 2 === 0 ? layers : [...layers].reverse()) {
      const wanted = new Map(layer.map((i) => [i, mean((adjacent[i] ?? []).map((j) => place.get(j) ?? 0))]));
      layer.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
      note(layer);
    }
  }
  return layers;
}

function grouped(links: readonly Link[]): Map<number, number[]> {
  const outgoing = new Map<number, number[]>();
  for (const [from, to] of links) {
    const of = outgoing.get(from);
    if (of) {
      of.push(to);
    } else {
      outgoing.set(from, [to]);
    }
  }
  return outgoing;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
