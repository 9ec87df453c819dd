import type { Body } from './bodies';
import { GAP } from './separate';

/** Between parts that do not hang together. */
const BETWEEN_PARTS = 4 * GAP;

/** How much wider than high the whole is to be. */
const SHAPE = 1.5;

/** Moves parts, each as a whole, into rows below each other. Larger parts come first. */
export function pack(parts: readonly (readonly Body[])[]): void {
  const placed = parts.map((bodies) => {
    const left = Math.min(...bodies.map(({ x, width }) => x - width / 2));
    const top = Math.min(...bodies.map(({ y, height }) => y - height / 2));
    const right = Math.max(...bodies.map(({ x, width }) => x + width / 2));
    const bottom = Math.max(...bodies.map(({ y, height }) => y + height / 2));
    const gap = bodies.length > 1 ? BETWEEN_PARTS : GAP;
    return { bodies, left, top, width: right - left + gap, height: bottom - top + gap };
  });
  const area = placed.reduce((sum, { width, height }) => sum + width * height, 0);
  const rowWidth = Math.max(Math.sqrt(area * SHAPE), ...placed.map(({ width }) => width));
  let [x, y, rowHeight] = [0, 0, 0];
  for (const { bodies, left, top, width, height } of placed) {
    if (x > 0 && x + width > rowWidth + 1e-6) {
      [x, y, rowHeight] = [0, y + rowHeight, 0];
    }
    for (const body of bodies) {
      body.x += x - left;
      body.y += y - top;
    }
    x += width;
    rowHeight = Math.max(rowHeight, height);
  }
}
