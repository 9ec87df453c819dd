import type { NodeSingular } from 'cytoscape';

import type { LayoutNode } from '.';
import { labelOf } from './label';

/** The room that a node and its label take at their natural size, whether or not the label is shown now. */
export function boxOf(node: NodeSingular): LayoutNode {
  const { x, y } = node.position();
  const halfWidth = node.outerWidth() / 2;
  const halfHeight = node.outerHeight() / 2;
  const label = labelOf(node)?.box;
  const x1 = Math.min(x - halfWidth, label?.x1 ?? x);
  const y1 = Math.min(y - halfHeight, label?.y1 ?? y);
  const x2 = Math.max(x + halfWidth, label?.x2 ?? x);
  const y2 = Math.max(y + halfHeight, label?.y2 ?? y);
  return { id: node.id(), width: x2 - x1, height: y2 - y1, offset: { x: (x1 + x2) / 2 - x, y: (y1 + y2) / 2 - y } };
}
