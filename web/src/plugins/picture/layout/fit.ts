import type { Core, NodeSingular } from 'cytoscape';

import { around, type Rectangle } from './rectangle';
import { shownLabels } from './shown-labels';

/** No larger than this, however few there are. */
const ZOOM_MAX = 1.25;

const PADDING_PX = 12;

/** Labels grow when the picture becomes smaller, so that the zoom is found by approaching it. */
const ROUNDS = 4;

/** Shows the whole picture, such that no label that is to be seen then is cut off by the border. */
export function fit(cy: Core): void {
  const nodes = cy.nodes(':visible').toArray() as NodeSingular[];
  const width = cy.width() - 2 * PADDING_PX;
  const height = cy.height() - 2 * PADDING_PX;
  if (nodes.length === 0 || width <= 0 || height <= 0) {
    return;
  }
  const bodies = nodes.map((node) =>
    around(node.position('x'), node.position('y'), node.outerWidth(), node.outerHeight()),
  );
  let whole = extentOf(bodies);
  let zoom = 0;
  for (let round = 0; round < ROUNDS; round++) {
    zoom = Math.min(ZOOM_MAX, width / (whole.x2 - whole.x1), height / (whole.y2 - whole.y1));
    whole = extentOf([...bodies, ...[...shownLabels(cy, zoom).values()].map(({ box }) => box)]);
  }
  cy.viewport({
    zoom,
    pan: {
      x: cy.width() / 2 - (zoom * (whole.x1 + whole.x2)) / 2,
      y: cy.height() / 2 - (zoom * (whole.y1 + whole.y2)) / 2,
    },
  });
}

function extentOf(rectangles: readonly Rectangle[]): Rectangle {
  return rectangles.reduce((a, b) => ({
    x1: Math.min(a.x1, b.x1),
    y1: Math.min(a.y1, b.y1),
    x2: Math.max(a.x2, b.x2),
    y2: Math.max(a.y2, b.y2),
  }));
}
