import { Graph, layout } from '@dagrejs/dagre';

import { type Body, type Link, neighbors, parts } from './bodies';
import { type Layers, layersOf } from './layers';
import { pack } from './pack';
import { placeLayers } from './place-layers';

/**
 * Up to so many bodies and links, dagre finds the layers and the order in them, with few crossings; its time and memory
 * grow fast from there on, since a link over several layers counts as often.
 */
const DAGRE_MAX = 500;

/** Subjects to the left of their objects, as they are read. Parts that do not hang together stand beside each other. */
export function hierarchically(bodies: readonly Body[], links: readonly Link[]): void {
  const adjacent = neighbors(bodies.length, links);
  const members = parts(adjacent);
  const partOf = new Map(members.flatMap((part, i) => part.map((member) => [member, i] as const)));
  const linksOf = members.map((): Link[] => []);
  for (const link of links) {
    linksOf[partOf.get(link[0]) ?? 0]?.push(link);
  }
  members.forEach((part, i) => {
    const within = linksOf[i] ?? [];
    const layers =
      part.length + within.length <= DAGRE_MAX ? dagreLayers(part, within) : layersOf(part, within, adjacent);
    placeLayers(bodies, layers, adjacent);
  });
  pack(members.map((part) => part.map((i) => bodies[i] as Body)));
}

function dagreLayers(part: readonly number[], links: readonly Link[]): Layers {
  const graph = new Graph();
  graph.setGraph({ nodesep: 1, edgesep: 1, ranksep: 1 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const i of part) {
    graph.setNode(String(i), { width: 1, height: 1 });
  }
  for (const [from, to] of links) {
    graph.setEdge(String(from), String(to));
  }
  layout(graph);
  const layers = new Map<number, { i: number; x: number }[]>();
  for (const i of part) {
    const { x = 0, y = 0 } = graph.node(String(i));
    const layer = layers.get(y) ?? [];
    layer.push({ i, x });
    layers.set(y, layer);
  }
  return [...layers].sort(([a], [b]) => a - b).map(([, layer]) => layer.sort((a, b) => a.x - b.x).map(({ i }) => i));
}
