import type { Body } from './bodies';

/** What is left free between two boxes. */
export const GAP = 8;

const ROUNDS = 120;

/** Two bodies that lie over each other are pushed apart; those that cannot be go to the nearest free place. */
export function separate(bodies: readonly Body[]): void {
  for (let round = 0; round < ROUNDS; round++) {
    if (!pushApart(bodies, 1)) {
      return;
    }
  }
  moveToFreePlaces(bodies);
}

/** Whether two bodies are nearer to each other than the gap. */
export function collide(a: Body, b: Body): boolean {
  return (
    Math.abs(a.x - b.x) < (a.width + b.width) / 2 + GAP - 1e-6 &&
    Math.abs(a.y - b.y) < (a.height + b.height) / 2 + GAP - 1e-6
  );
}

/** One round of pushing all that collide along the shorter way, by a share of it. Tells whether any did. */
export function pushApart(bodies: readonly Body[], share: number): boolean {
  const sorted = [...bodies].sort((a, b) => a.x - a.width / 2 - (b.x - b.width / 2));
  let any = false;
  for (let i = 0; i < sorted.length; i++) {
    const a = sorted[i] as Body;
    const right = a.x + a.width / 2 + GAP;
    for (let j = i + 1; j < sorted.length; j++) {
      const b = sorted[j] as Body;
      if (b.x - b.width / 2 > right + a.width) {
        break;
      }
      if ((a.isFixed && b.isFixed) || !collide(a, b)) {
        continue;
      }
      any = true;
      push(a, b, share);
    }
  }
  return any;
}

function push(a: Body, b: Body, share: number): void {
  const byX = (a.width + b.width) / 2 + GAP - Math.abs(a.x - b.x);
  const byY = (a.height + b.height) / 2 + GAP - Math.abs(a.y - b.y);
  const axis = byX < byY ? 'x' : 'y';
  const distance = Math.min(byX, byY) * share;
  const sign = a[axis] <= b[axis] ? 1 : -1;
  const ofA = a.isFixed ? 0 : b.isFixed ? 1 : 0.5;
  a[axis] -= sign * distance * ofA;
  b[axis] += sign * distance * (1 - ofA);
}

/** What stands free stays; the rest goes, one after the other, to the nearest place where it collides with nothing. */
function moveToFreePlaces(bodies: readonly Body[]): void {
  const grid = new Grid(bodies);
  const waiting: Body[] = [];
  for (const body of [...bodies].sort((a, b) => Number(b.isFixed) - Number(a.isFixed))) {
    if (body.isFixed || grid.isFree(body)) {
      grid.add(body);
    } else {
      waiting.push(body);
    }
  }
  for (const body of waiting) {
    const { x, y } = body;
    // A spiral whose turns are a few gaps apart.
    for (let step = 1; !grid.isFree(body); step++) {
      const radius = GAP * Math.sqrt(step);
      const angle = step * 2.399963;
      body.x = x + radius * Math.cos(angle) * 1.5;
      body.y = y + radius * Math.sin(angle);
    }
    grid.add(body);
  }
}

/** Bodies by where they are, so that only near ones are compared. */
export class Grid {
  readonly #cells = new Map<string, Body[]>();
  readonly #size: number;

  constructor(bodies: readonly Body[]) {
    this.#size = Math.max(1, ...bodies.map(({ width, height }) => Math.max(width, height))) + GAP;
  }

  add(body: Body): void {
    const key = this.#key(this.#column(body.x), this.#column(body.y));
    const cell = this.#cells.get(key);
    if (cell) {
      cell.push(body);
    } else {
      this.#cells.set(key, [body]);
    }
  }

  isFree(body: Body): boolean {
    const column = this.#column(body.x);
    const row = this.#column(body.y);
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        if (this.#cells.get(this.#key(column + dx, row + dy))?.some((other) => collide(body, other))) {
          return false;
        }
      }
    }
    return true;
  }

  #column(at: number): number {
    return Math.floor(at / this.#size);
  }

  #key(column: number, row: number): string {
    return `${column} ${row}`;
  }
}
