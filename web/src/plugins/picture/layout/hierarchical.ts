import { Graph, layout } from '@dagrejs/dagre';

import { type Body, type Link, parts } from './bodies';
import { GAP } from './separate';

const BETWEEN_RANKS = 70;

/** Subjects to the left of their objects, as they are read. Parts that do not hang together stand below each other. */
export function hierarchically(bodies: readonly Body[], links: readonly Link[]): void {
  let top = 0;
  for (const part of parts(bodies.length, links)) {
    const members = new Set(part);
    const graph = new Graph();
    graph.setGraph({ rankdir: 'LR', nodesep: GAP, ranksep: BETWEEN_RANKS });
    graph.setDefaultEdgeLabel(() => ({}));
    for (const i of part) {
      const { width, height } = bodies[i] as Body;
      graph.setNode(String(i), { width, height });
    }
    for (const [from, to] of links) {
      if (members.has(from)) {
        graph.setEdge(String(from), String(to));
      }
    }
    layout(graph);
    let bottom = 0;
    for (const i of part) {
      const body = bodies[i] as Body;
      const at = graph.node(String(i));
      body.x = at.x ?? 0;
      body.y = top + (at.y ?? 0);
      bottom = Math.max(bottom, body.y + body.height / 2);
    }
    top = bottom + 2 * GAP;
  }
}
