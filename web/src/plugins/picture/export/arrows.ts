import type { EdgeSingular, Position } from 'cytoscape';

import { between, type Course } from '../layout/course';
import { n } from './shapes';

/** Heads with their tip at the origin, pointing down, in units of the head's size: polygons, and perhaps a circle. */
interface Head {
  readonly polygons: readonly (readonly number[])[];
  readonly circle?: { readonly y: number; readonly radius: number };
  /** Where the line ends, in units of the head's size, so that it does not show through or beyond the tip. */
  readonly gap: number;
}

const TRIANGLE = [-0.15, -0.3, 0, 0, 0.15, -0.3];

const HEADS: Readonly<Record<string, Head>> = {
  triangle: { polygons: [TRIANGLE], gap: 0.2 },
  'triangle-backcurve': { polygons: [[-0.15, -0.3, 0, 0, 0.15, -0.3, 0, -0.22]], gap: 0.15 },
  'triangle-tee': { polygons: [TRIANGLE, [-0.15, -0.4, -0.15, -0.5, 0.15, -0.5, 0.15, -0.4]], gap: 0.2 },
  'triangle-cross': { polygons: [TRIANGLE, [-0.15, -0.4, -0.15, -0.45, 0.15, -0.45, 0.15, -0.4]], gap: 0.2 },
  'circle-triangle': {
    polygons: [[0, -0.15, -0.15, -0.45, 0.15, -0.45]],
    circle: { y: 0, radius: 0.15 },
    gap: 0.35,
  },
  vee: { polygons: [[-0.15, -0.3, 0, 0, 0.15, -0.3, 0, -0.15]], gap: 0.12 },
  circle: { polygons: [], circle: { y: 0, radius: 0.15 }, gap: 0.1 },
  tee: { polygons: [[-0.15, 0, -0.15, -0.1, 0.15, -0.1, 0.15, 0]], gap: 0.05 },
  square: { polygons: [[-0.15, 0, 0.15, 0, 0.15, -0.3, -0.15, -0.3]], gap: 0.2 },
  diamond: { polygons: [[-0.15, -0.15, 0, -0.3, 0.15, -0.15, 0, 0]], gap: 0.15 },
  chevron: { polygons: [[0, 0, -0.15, -0.15, -0.1, -0.2, 0, -0.1, 0.1, -0.2, 0.15, -0.15]], gap: 0.08 },
};

/** The line of an edge, up to its heads, as the `d` of an SVG path. */
export function linePath(edge: EdgeSingular, { source, target, bends, isCurved }: Course): string {
  const start = shortened(source, bends[0] ?? target, gapOf(edge, 'source'));
  const end = shortened(target, bends.at(-1) ?? source, gapOf(edge, 'target'));
  const rest = isCurved
    ? bends.map((bend, i) => {
        const next = bends[i + 1];
        return `Q${at(bend)} ${at(next ? between(bend, next) : end)}`;
      })
    : [...bends, end].map((point) => `L${at(point)}`);
  return `M${at(start)}${rest.join('')}`;
}

/** The heads of an edge, as SVG elements. */
export function heads(edge: EdgeSingular, { source, target, bends }: Course): string {
  return head(edge, 'source', source, bends[0] ?? target) + head(edge, 'target', target, bends.at(-1) ?? source);
}

type End = 'source' | 'target';

function headOf(edge: EdgeSingular, end: End): Head | undefined {
  return HEADS[String(edge.style(`${end}-arrow-shape`))];
}

/** Of a head, as cytoscape reckons it from the line's width. */
export function headSize(edge: EdgeSingular): number {
  return Math.max((edge.numericStyle('width') * 13.37) ** 0.9, 29) * Number(edge.style('arrow-scale'));
}

function gapOf(edge: EdgeSingular, end: End): number {
  return (headOf(edge, end)?.gap ?? 0) * headSize(edge);
}

function head(edge: EdgeSingular, end: End, tip: Position, from: Position): string {
  const shape = headOf(edge, end);
  if (!shape) {
    return '';
  }
  const size = headSize(edge);
  const angle = (Math.atan2(tip.y - from.y, tip.x - from.x) * 180) / Math.PI - 90;
  const color = String(edge.style(`${end}-arrow-color`));
  const isHollow = edge.style(`${end}-arrow-fill`) === 'hollow';
  const paint = isHollow
    ? `fill="none" stroke="${color}" stroke-width="${n(edge.numericStyle('width'))}"`
    : `fill="${color}"`;
  const polygons = shape.polygons.map((points) => {
    const pairs = points.flatMap((value, i) =>
      i % 2 === 0 ? [`${n(value * size)},${n((points[i + 1] ?? 0) * size)}`] : [],
    );
    return `<polygon points="${pairs.join(' ')}"/>`;
  });
  const circle = shape.circle
    ? `<circle cx="0" cy="${n(shape.circle.y * size)}" r="${n(shape.circle.radius * size)}"/>`
    : '';
  return `<g transform="translate(${n(tip.x)} ${n(tip.y)}) rotate(${n(angle)})" ${paint}>${polygons.join('')}${circle}</g>`;
}

function shortened(end: Position, towards: Position, by: number): Position {
  const length = Math.hypot(towards.x - end.x, towards.y - end.y);
  const share = length > 0 ? Math.min(1, by / length) : 0;
  return { x: end.x + (towards.x - end.x) * share, y: end.y + (towards.y - end.y) * share };
}

function at({ x, y }: Position): string {
  return `${n(x)},${n(y)}`;
}
