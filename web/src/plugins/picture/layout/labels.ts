import type { Collection, Core, EdgeSingular, NodeSingular } from 'cytoscape';

import { type Label, labelOf, NATURAL, naturalOf, type Rectangle, scaled, turned } from './label';
import { Occupied } from './occupied';

/** Labels of nodes are drawn at least this high on the screen, as long as they are shown. */
const LEGIBLE_PX = 11;

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
  const shown = new Map<string, Shown>();
  const occupied = new Occupied();
  const byDegree = (a: NodeSingular, b: NodeSingular) =>
    Number(b.selected()) - Number(a.selected()) || b.degree(true) - a.degree(true);
  const nodes = cy
    .nodes()
    .filter((node) => node.visible())
    .toArray() as NodeSingular[];
  const bodies = new Map(nodes.map((node) => [node.id(), bodyOf(node)]));

  for (const node of nodes.sort(byDegree)) {
    const label = labelOf(node);
    if (!label) {
      continue;
    }
    const scale = scaleAt(label, zoom);
    const box = scaled(label, scale);
    const body = bodies.get(node.id()) as Rectangle;
    if (node.selected() || occupied.isFree(box)) {
      shown.set(node.id(), scale);
      occupied.add(box);
      occupied.add(body);
    } else {
      shown.set(node.id(), HIDDEN);
    }
  }

  for (const body of bodies.values()) {
    occupied.add(body);
  }
  const rank = (edge: EdgeSingular) => edge.source().degree(true) + edge.target().degree(true);
  const edges = cy
    .edges()
    .filter((edge) => edge.visible())
    .toArray() as EdgeSingular[];
  edges.sort((a, b) => Number(b.selected()) - Number(a.selected()) || rank(b) - rank(a));
  for (const edge of edges) {
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

function scaleAt({ fontSize }: Label, zoom: number): number {
  const wanted = LEGIBLE_PX / (fontSize * zoom);
  return wanted <= 1 ? 1 : STEP ** Math.ceil(Math.log(wanted) / Math.log(STEP));
}

function bodyOf(node: NodeSingular): Rectangle {
  const { x, y } = node.position();
  const halfWidth = node.outerWidth() / 2;
  const halfHeight = node.outerHeight() / 2;
  return { x1: x - halfWidth, y1: y - halfHeight, x2: x + halfWidth, y2: y + halfHeight };
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
