import type { Core, EdgeSingular, NodeSingular } from 'cytoscape';

import { DRAWN, type Drawn, naturalOf } from './label';
import { shownLabels } from './shown-labels';

const PAUSE_MS = 80;

/** After these, other labels may have room than before. */
const EVENTS = 'zoom resize layoutstop add remove position select unselect data class';

/**
 * Hides the labels that would lie over others at the present zoom, of the less linked first; those of nodes are drawn
 * larger when the picture is small. What is selected keeps its label. Returns a function that stops it.
 */
export function keepLabelsApart(cy: Core): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const update = () => {
    const labels = shownLabels(cy, cy.zoom());
    cy.batch(() => {
      for (const element of cy.elements(':visible').toArray() as (NodeSingular | EdgeSingular)[]) {
        draw(element, labels.get(element.id())?.scale ?? 0);
      }
    });
  };
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(update, PAUSE_MS);
  };
  cy.on(EVENTS, schedule);
  schedule();
  return () => {
    clearTimeout(timer);
    cy.off(EVENTS, schedule);
    cy.batch(() => {
      for (const element of cy.elements().toArray() as (NodeSingular | EdgeSingular)[]) {
        draw(element, 1);
      }
    });
  };
}

/** Draws the label so many times as large as the stylesheet says, not at all at zero. */
function draw(element: NodeSingular | EdgeSingular, scale: number): void {
  const before = (element.scratch(DRAWN) as Drawn | undefined)?.scale ?? 1;
  if (scale === before) {
    return;
  }
  const natural = naturalOf(element);
  element.removeStyle('text-opacity font-size text-max-width');
  element.removeScratch(DRAWN);
  if (scale !== 1) {
    element.scratch(DRAWN, { scale, natural } satisfies Drawn);
    element.style(
      scale === 0
        ? { 'text-opacity': 0 }
        : { 'font-size': natural.fontSize * scale, 'text-max-width': `${natural.maxWidth * scale}px` },
    );
  }
}
