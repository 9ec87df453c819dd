import type { LayoutEdge, LayoutName, LayoutNode, LayoutOptions, Positions } from '.';
import { type Body, bodiesAndLinks } from './bodies';
import { concentrically } from './concentric';
import { byForce } from './force';
import { hierarchically } from './hierarchical';
import { separate } from './separate';

/** What `layOut` promises, on the thread of the caller. */
export function positions(
  name: LayoutName,
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  options: LayoutOptions = {},
): Positions {
  const { bodies, links } = bodiesAndLinks(nodes, edges, options);
  switch (name) {
    case 'force':
      byForce(bodies, links);
      break;
    case 'hierarchical':
      keepingFixed(bodies, () => hierarchically(bodies, links));
      break;
    case 'concentric': {
      const center = new Set(options.center);
      const inMiddle = nodes.flatMap(({ id }, i) => (center.has(id) ? [i] : []));
      keepingFixed(bodies, () => concentrically(bodies, links, inMiddle));
      break;
    }
  }
  separate(bodies);
  return new Map(
    nodes.map(({ id, offset, fixed }, i) => {
      const { x, y } = bodies[i] as Body;
      return [id, fixed ?? { x: round(x - (offset?.x ?? 0)), y: round(y - (offset?.y ?? 0)) }];
    }),
  );
}

/** Lays all out as if none were fixed, and then moves the whole so that the fixed ones are nearest to their places. */
function keepingFixed(bodies: readonly Body[], layOut: () => void): void {
  const fixed = bodies.filter(({ isFixed }) => isFixed).map((body) => ({ body, x: body.x, y: body.y }));
  layOut();
  if (fixed.length === 0) {
    return;
  }
  const dx = fixed.reduce((sum, { body, x }) => sum + x - body.x, 0) / fixed.length;
  const dy = fixed.reduce((sum, { body, y }) => sum + y - body.y, 0) / fixed.length;
  for (const body of bodies) {
    body.x += dx;
    body.y += dy;
  }
  for (const { body, x, y } of fixed) {
    body.x = x;
    body.y = y;
  }
}

/** A permalink keeps positions, and tenths of a pixel are enough for it. */
function round(at: number): number {
  return Math.round(at * 10) / 10;
}
