import type { Collection, Core, EdgeSingular, NodeSingular } from 'cytoscape';

import { type Label, labelOf, NATURAL, naturalOf, scaled } from './label';
import { around, Occupied, type Rectangle, turned } from './rectangle';

/** Labels of nodes are drawn at least this high on the screen, as long as they are shown. */
const LEGIBLE_PX = 9;

/** Labels of edges are shown from this height on: they never grow, since there are too many. */
const LEGIBLE_EDGE_PX = 7;

/** Sizes come in steps, so that not every turn of the wheel sets them anew. */
const STEP = 1.15;

const PAUSE_MS = 80;

/** What of an element is shown: nothing, or its label this many times as large as in the stylesheet. */
type Shown = number;
const HIDDEN: Shown = 0;

/**
 * Hides the labels that would lie over others at the present zoom, of the less linked first; those of nodes are drawn
 * larger when the picture is small. What is selected keeps its label. Returns a function that stops it.
 */
export function keepLabelsApart(cy: Core): () => void {
  const now = new Map<string, Shown>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const update = () => {
    const next = shownLabels(cy, cy.zoom());
    cy.batch(() => apply(cy, now, next));
  };
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(update, PAUSE_MS);
  };
  const events = 'zoom resize layoutstop add remove position select unselect data class';
  cy.on(events, schedule);
  schedule();
  return () => {
    clearTimeout(timer);
    cy.off(events, schedule);
    if (!cy.destroyed()) {
      cy.batch(() => apply(cy, now, new Map()));
    }
  };
}

/** How large each label is to be at a zoom, by the element's id; {@link HIDDEN} when it is not to be seen. */
export function shownLabels(cy: Core, zoom: number): Map<string, Shown> {
  const nodes = cy.nodes(':visible').toArray() as NodeSingular[];
  const edges = cy.edges(':visible').toArray() as EdgeSingular[];
  const degrees = degreesOf(edges);
  const degree = (id: string) => degrees.get(id) ?? 0;
  const bodies = new Map(nodes.map((node) => [node.id(), bodyOf(node)]));
  const shown = new Map<string, Shown>();
  const occupied = new Occupied();

  for (const node of byRank(nodes, (node) => degree(node.id()))) {
    const label = labelOf(node);
    const scale = label ? scaleAt(label, zoom) : HIDDEN;
    const box = label && scaled(label, scale);
    const isShown = box !== undefined && (node.selected() || occupied.isFree(box));
    shown.set(node.id(), isShown ? scale : HIDDEN);
    if (isShown) {
      occupied.add(box);
      occupied.add(bodies.get(node.id()) as Rectangle);
    }
  }

  // A label of an edge covers no node, not even one without a label.
  for (const body of bodies.values()) {
    occupied.add(body);
  }
  for (const edge of byRank(edges, (edge) => degree(edge.data('source')) + degree(edge.data('target')))) {
    const isLegible = edge.selected() || naturalOf(edge).fontSize * zoom >= LEGIBLE_EDGE_PX;
    const label = isLegible ? labelOf(edge) : undefined;
    const box = label && turned(label.box, label.angle);
    const isShown = box !== undefined && (edge.selected() || occupied.isFree(box));
    shown.set(edge.id(), isShown ? 1 : HIDDEN);
    if (isShown) {
      occupied.add(box);
    }
  }
  return shown;
}

function degreesOf(edges: readonly EdgeSingular[]): Map<string, number> {
  const degrees = new Map<string, number>();
  for (const edge of edges) {
    for (const end of [edge.data('source') as string, edge.data('target') as string]) {
      degrees.set(end, (degrees.get(end) ?? 0) + 1);
    }
  }
  return degrees;
}

/** What is selected first, then by the number, the greatest first. */
function byRank<Element extends NodeSingular | EdgeSingular>(
  elements: readonly Element[],
  number: (element: Element) => number,
): Element[] {
  return elements
    .map((element) => ({ element, rank: element.selected() ? Number.POSITIVE_INFINITY : number(element) }))
    .sort((a, b) => (a.rank === b.rank ? 0 : b.rank - a.rank))
    .map(({ element }) => element);
}

function scaleAt({ fontSize }: Label, zoom: number): number {
  const wanted = LEGIBLE_PX / (fontSize * zoom);
  return wanted <= 1 ? 1 : STEP ** Math.ceil(Math.log(wanted) / Math.log(STEP));
}

function bodyOf(node: NodeSingular): Rectangle {
  const { x, y } = node.position();
  return around(x, y, node.outerWidth(), node.outerHeight());
}

/** Sets what differs, and remembers it in `now`. */
function apply(cy: Core, now: Map<string, Shown>, next: ReadonlyMap<string, Shown>): void {
  for (const id of new Set([...now.keys(), ...next.keys()])) {
    const shown = next.get(id) ?? 1;
    const element = cy.getElementById(id);
    if (element.empty()) {
      now.delete(id);
    } else if (shown !== (now.get(id) ?? 1) || !now.has(id)) {
      show(element, shown);
      now.set(id, shown);
    }
  }
}

function show(element: Collection, shown: Shown): void {
  const single = element[0] as NodeSingular | EdgeSingular;
  if (shown === HIDDEN) {
    single.style('text-opacity', 0);
    return;
  }
  single.removeStyle('text-opacity');
  const natural = naturalOf(single);
  if (shown === 1) {
    single.removeStyle('font-size text-max-width');
    single.removeScratch(NATURAL);
  } else {
    single.scratch(NATURAL, natural);
    single.style({ 'font-size': natural.fontSize * shown, 'text-max-width': `${natural.maxWidth * shown}px` });
  }
}
