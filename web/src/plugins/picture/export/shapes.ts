import type { NodeSingular } from 'cytoscape';

/** Corners in a square from -1 to 1, by the names of the stylesheet's shapes. Those of `round-…` shapes are the same. */
const CORNERS: Readonly<Record<string, readonly number[]>> = {
  triangle: regular(3),
  rectangle: regular(4),
  diamond: [0, 1, 1, 0, 0, -1, -1, 0],
  pentagon: regular(5),
  hexagon: regular(6),
  heptagon: regular(7),
  octagon: regular(8),
  star: star(),
  vee: [-1, -1, 0, -0.333, 1, -1, 0, 1],
  rhomboid: [-1, -1, 0.333, -1, 1, 1, -0.333, 1],
  'right-rhomboid': [-0.333, -1, 1, -1, 0.333, 1, -1, 1],
  'concave-hexagon': [-1, -0.95, -0.75, 0, -1, 0.95, 1, 0.95, 0.75, 0, 1, -0.95],
  tag: [-1, -1, 0.25, -1, 1, 0, 0.25, 1, -1, 1],
};

const CUT = 8;

/**
 * The outline of a node as an SVG shape without its colours: `<ellipse …`, to be closed by the caller. `beyond`: so many
 * pixels outside of it.
 */
export function outline(node: NodeSingular, beyond = 0): string {
  const { x, y } = node.position();
  const halfWidth = node.width() / 2 + node.numericStyle('padding') + beyond;
  const halfHeight = node.height() / 2 + node.numericStyle('padding') + beyond;
  const shape = String(node.style('shape'));
  if (shape === 'ellipse') {
    return `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(halfWidth)}" ry="${n(halfHeight)}"`;
  }
  if (shape === 'cut-rectangle') {
    const [dx, dy] = [1 - CUT / halfWidth, 1 - CUT / halfHeight];
    const corners = [-dx, -1, dx, -1, 1, -dy, 1, dy, dx, 1, -dx, 1, -1, dy, -1, -dy];
    return polygon(placed(corners, x, y, halfWidth, halfHeight));
  }
  const isRound = shape.includes('round-') || shape === 'barrel';
  const name = isRound ? shape.replace(/^(bottom-)?round-|^barrel$/, '') || 'rectangle' : shape;
  const custom =
    shape === 'polygon'
      ? String(node.style('shape-polygon-points'))
          .split(/[\s,]+/)
          .map(Number)
      : undefined;
  const corners = custom ?? CORNERS[name] ?? (CORNERS.rectangle as readonly number[]);
  const points = placed(corners, x, y, halfWidth, halfHeight);
  return isRound ? rounded(points, radius(node, name, halfWidth, halfHeight)) : polygon(points);
}

function radius(node: NodeSingular, name: string, halfWidth: number, halfHeight: number): number {
  const set = Number.parseFloat(String(node.style('corner-radius')));
  const share = name === 'rectangle' ? 2 : 5;
  return Number.isNaN(set) ? Math.min(halfWidth / share, halfHeight / share, 8) : Math.min(set, halfWidth, halfHeight);
}

type Point = readonly [x: number, y: number];

function placed(corners: readonly number[], x: number, y: number, halfWidth: number, halfHeight: number): Point[] {
  const points: Point[] = [];
  for (let i = 0; i + 1 < corners.length; i += 2) {
    points.push([x + halfWidth * (corners[i] as number), y + halfHeight * (corners[i + 1] as number)]);
  }
  return points;
}

function polygon(points: readonly Point[]): string {
  return `<polygon points="${points.map(([x, y]) => `${n(x)},${n(y)}`).join(' ')}"`;
}

/** Corners cut off where a circle of this radius would touch the sides, and bent. */
function rounded(points: readonly Point[], radius: number): string {
  const steps = points.map((corner, i) => {
    const before = points.at(i - 1) as Point;
    const after = points[(i + 1) % points.length] as Point;
    const [inX, inY, inLength] = towards(corner, before);
    const [outX, outY, outLength] = towards(corner, after);
    const half = Math.acos(Math.max(-1, Math.min(1, inX * outX + inY * outY))) / 2;
    const cut = Math.min(radius / Math.tan(half), inLength / 2, outLength / 2);
    const start = `${n(corner[0] + inX * cut)},${n(corner[1] + inY * cut)}`;
    const end = `${n(corner[0] + outX * cut)},${n(corner[1] + outY * cut)}`;
    return `${i === 0 ? 'M' : 'L'}${start}Q${n(corner[0])},${n(corner[1])} ${end}`;
  });
  return `<path d="${steps.join('')}Z"`;
}

function towards([x, y]: Point, [toX, toY]: Point): [x: number, y: number, length: number] {
  const length = Math.hypot(toX - x, toY - y) || 1;
  return [(toX - x) / length, (toY - y) / length, length];
}

/** A regular polygon that stands on a side, stretched to the square. */
function regular(sides: number): number[] {
  const start = Math.PI / 2 + (sides % 2 === 0 ? Math.PI / sides : 0);
  return fitted(Array.from({ length: sides }, (_, i) => [start + (i * 2 * Math.PI) / sides, 1] as const));
}

function star(): number[] {
  const inner = 0.5 * (3 - Math.sqrt(5)) * 1.57;
  return fitted(
    Array.from({ length: 10 }, (_, i) => [Math.PI / 2 + (i * Math.PI) / 5, i % 2 === 0 ? 1 : inner] as const),
  );
}

/** Corners by angle and distance, stretched to the square from -1 to 1. */
function fitted(polar: readonly (readonly [angle: number, distance: number])[]): number[] {
  const xs = polar.map(([angle, distance]) => distance * Math.cos(angle));
  const ys = polar.map(([angle, distance]) => -distance * Math.sin(angle));
  const stretched = (values: number[]) => {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return values.map((value) => ((value - least) / (most - least)) * 2 - 1);
  };
  const fitX = stretched(xs);
  const fitY = stretched(ys);
  return fitX.flatMap((x, i) => [x, fitY[i] as number]);
}

/** A number as SVG wants it: hundredths of a pixel are enough. */
export function n(value: number): string {
  return String(Math.round(value * 100) / 100 || 0);
}
