import type { Collection, Core, EdgeSingular, NodeSingular } from 'cytoscape';

import { type Drawn, drawnLabels, type Label, labelOf, naturalOf } from './label';
import { grown, type Rectangle } from './rectangle';
import { isNear, shownLabels } from './shown-labels';

type Element = NodeSingular | EdgeSingular;

const PAUSE_MS = 80;

/** After these, others are to be seen, or have room. */
const MOVED = 'viewport resize';
/** After these, labels themselves may be others, or elsewhere. */
const CHANGED = 'layoutstop add remove position select unselect data class';

/**
 * Hides the labels that would lie over others at the present zoom, of the less linked first; those of nodes are drawn
 * larger when the picture is small. What is selected keeps its label. Returns a function that stops it.
 */
export function keepLabelsApart(cy: Core): () => void {
  const known = new Map<string, Label | undefined>();
  const remembered = (element: Element) => {
    const id = element.id();
    if (!known.has(id)) {
      known.set(id, labelOf(element));
    }
    return known.get(id);
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onMove = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const within = surroundings(cy);
      const shown = shownLabels(cy, cy.zoom(), { natural: remembered, within });
      const elements = cy.elements(':visible').filter((element) => isNear(element, within));
      draw(cy, elements, (id) => shown.get(id)?.scale ?? 0);
    }, PAUSE_MS);
  };
  const onChange = () => {
    known.clear();
    onMove();
  };
  cy.on(MOVED, onMove);
  cy.on(CHANGED, onChange);
  onMove();
  return () => {
    clearTimeout(timer);
    cy.off(MOVED, onMove);
    cy.off(CHANGED, onChange);
    draw(cy, cy.elements(), () => 1);
  };
}

/** What is to be seen, and as much around it: so that a label is there when the reader moves a little. */
function surroundings(cy: Core): Rectangle {
  const { w, h, ...extent } = cy.extent();
  return grown(extent, Math.max(w, h) / 2);
}

/** Draws labels so many times as large as the stylesheet says, not at all at zero. */
function draw(cy: Core, elements: Collection, scaleOf: (id: string) => number): void {
  // The same style for many at once, which is several times as fast as one by one.
  const styles = new Map<string, { readonly style: Record<string, string | number>; readonly ids: Set<string> }>();
  for (const element of elements.toArray() as Element[]) {
    const scale = scaleOf(element.id());
    if (scale === (drawnLabels.get(element)?.scale ?? 1)) {
      continue;
    }
    const natural = naturalOf(element);
    const style = styleFor(scale, natural);
    const key = JSON.stringify(style);
    const alike = styles.get(key) ?? { style, ids: new Set() };
    alike.ids.add(element.id());
    styles.set(key, alike);
    drawnLabels.set(element, { scale, natural });
  }
  cy.batch(() => {
    for (const { style, ids } of styles.values()) {
      const alike = elements.filter((element) => ids.has(element.id()));
      alike.removeStyle('text-opacity font-size text-max-width');
      alike.style(style);
    }
  });
}

function styleFor(scale: number, { fontSize, maxWidth }: Drawn['natural']): Record<string, string | number> {
  switch (scale) {
    case 0:
      return { 'text-opacity': 0 };
    case 1:
      return {};
    default:
      return { 'font-size': fontSize * scale, 'text-max-width': `${maxWidth * scale}px` };
  }
}
