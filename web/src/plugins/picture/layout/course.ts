import type { EdgeSingular, Position } from 'cytoscape';

/** How an edge runs in the picture. */
export interface Course {
  /** Where it leaves the one node and reaches the other: the tips of its arrows. */
  readonly source: Position;
  readonly target: Position;
  /** Between them: the corners of a straight course, or the control points of a curved one. */
  readonly bends: readonly Position[];
  readonly isCurved: boolean;
  readonly middle: Position;
}

export function courseOf(edge: EdgeSingular): Course {
  // Without a container nothing is drawn, and cytoscape reckons no courses.
  if (!edge.cy().container()) {
    const source = edge.source().position();
    const target = edge.target().position();
    return { source, target, bends: [], isCurved: false, middle: between(source, target) };
  }
  const curve = edge.controlPoints();
  return {
    source: edge.sourceEndpoint(),
    target: edge.targetEndpoint(),
    bends: curve ?? edge.segmentPoints() ?? [],
    isCurved: curve !== undefined,
    middle: edge.midpoint(),
  };
}

/** In radians, the direction of the course at its middle, such that text along it is not upside down. */
export function uprightAngle({ source, target, bends }: Course): number {
  const before = bends.length < 2 ? source : bends[Math.ceil(bends.length / 2) - 1];
  const after = bends.length < 2 ? target : bends[Math.ceil(bends.length / 2)];
  if (!before || !after || before.x === after.x) {
    return before && after && before.y !== after.y ? Math.PI / 2 : 0;
  }
  return Math.atan((after.y - before.y) / (after.x - before.x));
}

export function between(a: Position, b: Position): Position {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
