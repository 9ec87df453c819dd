import type { Core, EdgeSingular, NodeSingular } from 'cytoscape';

import { type Label, labelOf, naturalOf, scaled } from './label';
import { around, grown, Occupied, type Rectangle, turned } from './rectangle';

/** Labels of nodes are drawn at least this high on the screen, as long as they are shown. */
const LEGIBLE_PX = 9;

/** Labels of edges are shown from this height on: they never grow, since there are too many. */
const LEGIBLE_EDGE_PX = 7;

/** Sizes come in steps, so that not every turn of the wheel sets them anew. */
const STEP = 1.15;

/** A picture that is still smaller shows nothing to a reader, and labels that grow with it would know no bounds. */
const ZOOM_MIN = 0.02;

/** What is left free around a label, on the screen. */
const GAP_PX = 2;

export interface ShownLabel {
  readonly label: Label;
  /** How many times as large as in the stylesheet. */
  readonly scale: number;
  /** What it covers, in the picture's coordinates. */
  readonly box: Rectangle;
}

/** How to do less where much is shown. */
export interface Reckoning {
  /** Each label at its natural size: to be remembered by who asks often. */
  readonly natural?: (element: NodeSingular | EdgeSingular) => Label | undefined;
  /** Only of what may be seen there. */
  readonly within?: Rectangle | undefined;
}

/**
 * The labels that are to be seen at a zoom, by the ids of their elements: those of the most linked entities first, and
 * then, of what is left free, those of the edges. A label covers no other, and only less linked entities.
 */
export function shownLabels(
  cy: Core,
  zoom: number,
  { natural = labelOf, within }: Reckoning = {},
): Map<string, ShownLabel> {
  const allEdges = cy.edges(':visible').toArray() as EdgeSingular[];
  const nodes = (cy.nodes(':visible').toArray() as NodeSingular[]).filter((node) => isNear(node, within));
  const edges = allEdges.filter((edge) => isNear(edge, within));
  const degrees = degreesOf(allEdges);
  const degree = (id: string) => degrees.get(id) ?? 0;
  const shown = new Map<string, ShownLabel>();
  const occupied = new Occupied();
  const legibleZoom = Math.max(zoom, ZOOM_MIN);
  const gap = GAP_PX / legibleZoom;

  const offer = (element: NodeSingular | EdgeSingular, offered: ShownLabel, own?: Rectangle) => {
    const room = grown(offered.box, gap / 2);
    if (element.selected() || occupied.isFree(room, own)) {
      shown.set(element.id(), offered);
      occupied.add(room);
    }
  };

  for (const group of byRank(nodes, (node) => degree(node.id()))) {
    const bodies = group.map(bodyOf);
    for (const body of bodies) {
      occupied.add(body);
    }
    group.forEach((node, i) => {
      const label = natural(node);
      if (label) {
        const scale = scaleAt(label, legibleZoom);
        offer(node, { label, scale, box: scaled(label, scale) }, bodies[i]);
      }
    });
  }
  for (const group of byRank(edges, (edge) => degree(edge.data('source')) + degree(edge.data('target')))) {
    for (const edge of group) {
      const isLegible = edge.selected() || naturalOf(edge).fontSize * zoom >= LEGIBLE_EDGE_PX;
      const label = isLegible ? natural(edge) : undefined;
      if (label) {
        offer(edge, { label, scale: 1, box: turned(label.box, label.angle) });
      }
    }
  }
  return shown;
}

/** Whether the element may be seen in the part of the picture: a node by its place, an edge by those of its ends. */
export function isNear(element: NodeSingular | EdgeSingular, part: Rectangle | undefined): boolean {
  if (!part) {
    return true;
  }
  const from = element.isEdge() ? element.source().position() : (element as NodeSingular).position();
  const to = element.isEdge() ? element.target().position() : from;
  const [x1, x2] = from.x < to.x ? [from.x, to.x] : [to.x, from.x];
  const [y1, y2] = from.y < to.y ? [from.y, to.y] : [to.y, from.y];
  return x1 < part.x2 && part.x1 < x2 + 1 && y1 < part.y2 && part.y1 < y2 + 1;
}

/** How many edges that are to be seen touch each node, by its id. */
function degreesOf(edges: readonly EdgeSingular[]): Map<string, number> {
  const degrees = new Map<string, number>();
  for (const edge of edges) {
    for (const end of [edge.data('source') as string, edge.data('target') as string]) {
      degrees.set(end, (degrees.get(end) ?? 0) + 1);
    }
  }
  return degrees;
}

/** What is selected first, then by the number, the greatest first; in groups of the same rank. */
function byRank<Element extends NodeSingular | EdgeSingular>(
  elements: readonly Element[],
  number: (element: Element) => number,
): Element[][] {
  const groups = new Map<number, Element[]>();
  for (const element of elements) {
    const rank = element.selected() ? Number.POSITIVE_INFINITY : number(element);
    const group = groups.get(rank);
    if (group) {
      group.push(element);
    } else {
      groups.set(rank, [element]);
    }
  }
  return [...groups].sort(([a], [b]) => b - a).map(([, group]) => group);
}

function scaleAt({ fontSize }: Label, zoom: number): number {
  const wanted = LEGIBLE_PX / (fontSize * zoom);
  return wanted <= 1 ? 1 : STEP ** Math.ceil(Math.log(wanted) / Math.log(STEP));
}

function bodyOf(node: NodeSingular): Rectangle {
  const { x, y } = node.position();
  return around(x, y, node.outerWidth(), node.outerHeight());
}
