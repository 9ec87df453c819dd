import type { LayoutEdge, LayoutNode, LayoutOptions } from '.';

/** The box around a node and its label, which the layouts move. `x` and `y` are its middle. */
export interface Body {
  x: number;
  y: number;
  readonly width: number;
  readonly height: number;
  readonly isFixed: boolean;
  /** Whether it stood somewhere before, near which it is to stay. */
  readonly isPlaced: boolean;
}

/** Two bodies, by their indices, the subject first. */
export type Link = readonly [from: number, to: number];

/** Bodies in the order of the nodes, and one link for each pair of different ends, however many edges join them. */
export function bodiesAndLinks(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  { start }: LayoutOptions,
): { bodies: Body[]; links: Link[] } {
  const bodies = nodes.map(({ id, width, height, offset, fixed }) => {
    const at = fixed ?? start?.get(id);
    return {
      x: (at?.x ?? 0) + (offset?.x ?? 0),
      y: (at?.y ?? 0) + (offset?.y ?? 0),
      width,
      height,
      isFixed: fixed !== undefined,
      isPlaced: at !== undefined,
    };
  });
  const indices = new Map(nodes.map(({ id }, i) => [id, i]));
  const links = new Map<string, Link>();
  for (const { source, target } of edges) {
    const from = indices.get(source);
    const to = indices.get(target);
    if (from !== undefined && to !== undefined && from !== to) {
      links.set(`${from} ${to}`, [from, to]);
    }
  }
  return { bodies, links: [...links.values()] };
}

/** The neighbours of each body, each once, whichever way the links point. */
export function neighbors(n: number, links: readonly Link[]): number[][] {
  const found = Array.from({ length: n }, () => new Set<number>());
  for (const [from, to] of links) {
    found[from]?.add(to);
    found[to]?.add(from);
  }
  return found.map((of) => [...of]);
}

/** The bodies that hang together, larger parts first. */
export function parts(adjacent: readonly number[][]): number[][] {
  const n = adjacent.length;
  const seen = new Array<boolean>(n).fill(false);
  const found: number[][] = [];
  for (let i = 0; i < n; i++) {
    if (!seen[i]) {
      const part = [i];
      seen[i] = true;
      for (const member of part) {
        for (const next of adjacent[member] ?? []) {
          if (!seen[next]) {
            seen[next] = true;
            part.push(next);
          }
        }
      }
      found.push(part);
    }
  }
  return found.sort((a, b) => b.length - a.length);
}
