import { type Body, type Link, neighbors } from './bodies';
import { Grid } from './separate';

/** Rings around the middle: by steps from it, or by the number of links when nothing is to be in the middle. */
export function concentrically(bodies: readonly Body[], links: readonly Link[], inMiddle: readonly number[]): void {
  const adjacent = neighbors(bodies.length, links);
  const rings = inMiddle.length > 0 ? bySteps(adjacent, inMiddle) : byDegree(adjacent);
  const stretch = 1.4;
  const grid = new Grid(bodies);
  let radius = 0;
  for (const ring of rings) {
    while (!place(bodies, ring, radius, stretch, grid)) {
      radius += 10;
    }
    for (const i of ring) {
      grid.add(bodies[i] as Body);
    }
  }
}

/** Evenly on an ellipse. Tells whether none collides. */
function place(bodies: readonly Body[], ring: readonly number[], radius: number, stretch: number, grid: Grid): boolean {
  const own = new Grid(bodies);
  return ring.every((i, k) => {
    const body = bodies[i] as Body;
    const angle = (k / ring.length) * 2 * Math.PI - Math.PI / 2;
    body.x = radius * stretch * Math.cos(angle);
    body.y = radius * Math.sin(angle);
    const isFree = grid.isFree(body) && own.isFree(body);
    own.add(body);
    return isFree;
  });
}

function bySteps(adjacent: readonly number[][], inMiddle: readonly number[]): number[][] {
  const seen = new Set(inMiddle);
  const rings = [[...inMiddle]];
  for (let ring = rings[0]; ring && ring.length > 0; ring = rings.at(-1)) {
    const next: number[] = [];
    for (const i of ring) {
      for (const j of adjacent[i] ?? []) {
        if (!seen.has(j)) {
          seen.add(j);
          next.push(j);
        }
      }
    }
    rings.push(next);
  }
  const unreached = adjacent.flatMap((_, i) => (seen.has(i) ? [] : [i]));
  return [...rings, unreached].filter(({ length }) => length > 0);
}

/** Each ring has room for some more than the last. */
function byDegree(adjacent: readonly number[][]): number[][] {
  const order = adjacent.map((_, i) => i).sort((a, b) => (adjacent[b]?.length ?? 0) - (adjacent[a]?.length ?? 0));
  const rings: number[][] = [];
  for (let at = 0, size = 1; at < order.length; at += size, size = rings.length * 8) {
    rings.push(order.slice(at, at + size));
  }
  return rings;
}
