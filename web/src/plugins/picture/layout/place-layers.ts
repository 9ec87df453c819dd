import type { Body } from './bodies';
import type { Layers } from './layers';
import { GAP } from './separate';

/** Enough for an arrow and the greater part of its label. */
const BETWEEN_LAYERS = 70;

/** How much wider than high the whole is to be. */
const SHAPE = 1.5;

const SWEEPS = 6;

/**
 * Layers from left to right. A layer that would be much higher than the whole is wide is folded into several columns,
 * which keep its order from top to bottom.
 */
export function placeLayers(bodies: readonly Body[], layers: Layers, adjacent: readonly number[][]): void {
  const members = layers.map((layer) => layer.map((i) => bodies[i] as Body));
  const columns = foldedWell(members);
  let x = 0;
  for (const layer of columns) {
    for (const column of layer) {
      const width = Math.max(...column.map((body) => body.width));
      for (const body of column) {
        body.x = x + width / 2;
      }
      x += width + GAP;
    }
    x += BETWEEN_LAYERS - GAP;
  }

  const all = columns.flat();
  for (const column of all) {
    stack(column, new Map());
  }
  const neighbors = new Map(
    layers.flat().map((i) => [bodies[i] as Body, (adjacent[i] ?? []).map((j) => bodies[j] as Body)] as const),
  );
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const column of sweep % 2 === 0 ? all : [...all].reverse()) {
      stack(column, new Map(column.map((body) => [body, meanY(neighbors.get(body) ?? [])])));
    }
  }
}

type Columns = Body[][];

/** Folded such that the shape of the whole is as near to the wanted one as it can be. */
function foldedWell(layers: readonly Body[][]): Columns[] {
  const tallest = Math.max(...layers.map(heightOf));
  let best: { columns: Columns[]; badness: number } | undefined;
  for (let n = 1; n === 1 || tallest / n > 3 * GAP; n++) {
    const heightMax = tallest / n;
    const columns = layers.map((layer) => folded(layer, Math.ceil(heightOf(layer) / heightMax)));
    const width = columns.flat().reduce((sum, column) => sum + Math.max(...column.map((body) => body.width)) + GAP, 0);
    const height = Math.max(...columns.flat().map(heightOf));
    const badness = Math.abs(Math.log((width + BETWEEN_LAYERS * (layers.length - 1)) / height / SHAPE));
    if (best && badness > best.badness) {
      break;
    }
    best = { columns, badness };
  }
  return best?.columns ?? [];
}

/** By turns into so many columns. */
function folded(layer: readonly Body[], n: number): Columns {
  const columns: Columns = Array.from({ length: Math.min(n, layer.length) }, () => []);
  layer.forEach((body, i) => {
    columns[i % columns.length]?.push(body);
  });
  return columns;
}

function heightOf(column: readonly Body[]): number {
  return column.reduce((sum, { height }) => sum + height + GAP, 0);
}

/**
 * Below each other in their order, and as near as that allows to where they want to be: with the least squares of the
 * distances (pooling of adjacent violators). Around zero where nothing is wanted.
 */
function stack(column: readonly Body[], wanted: ReadonlyMap<Body, number>): void {
  interface Block {
    readonly bodies: Body[];
    /** Where the middle of the first wants to be on average of all. */
    top: number;
    height: number;
  }
  const blocks: Block[] = [];
  const middle = heightOf(column) / 2;
  let above = 0;
  for (const body of column) {
    let block: Block = {
      bodies: [body],
      top: (wanted.get(body) ?? above + body.height / 2 - middle) - body.height / 2,
      height: body.height + GAP,
    };
    above += body.height + GAP;
    for (let last = blocks.at(-1); last && last.top + last.height > block.top; last = blocks.at(-1)) {
      blocks.pop();
      const [n, m] = [last.bodies.length, block.bodies.length];
      block = {
        bodies: [...last.bodies, ...block.bodies],
        top: (last.top * n + (block.top - last.height) * m) / (n + m),
        height: last.height + block.height,
      };
    }
    blocks.push(block);
  }
  for (const { bodies, top } of blocks) {
    let y = top;
    for (const body of bodies) {
      body.y = y + body.height / 2;
      y += body.height + GAP;
    }
  }
}

function meanY(bodies: readonly Body[]): number {
  return bodies.reduce((sum, { y }) => sum + y, 0) / Math.max(1, bodies.length);
}
