import type { Rectangle } from './label';

const CELL = 120;

/** Where something stands already. */
export class Occupied {
  readonly #cells = new Map<number, Rectangle[]>();

  add(rectangle: Rectangle): void {
    for (const key of keys(rectangle)) {
      const cell = this.#cells.get(key);
      if (cell) {
        cell.push(rectangle);
      } else {
        this.#cells.set(key, [rectangle]);
      }
    }
  }

  isFree(rectangle: Rectangle): boolean {
    for (const key of keys(rectangle)) {
      if (this.#cells.get(key)?.some((other) => overlap(rectangle, other))) {
        return false;
      }
    }
    return true;
  }
}

export function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;
}

function* keys({ x1, y1, x2, y2 }: Rectangle): Generator<number> {
  for (let column = Math.floor(x1 / CELL); column <= Math.floor(x2 / CELL); column++) {
    for (let row = Math.floor(y1 / CELL); row <= Math.floor(y2 / CELL); row++) {
      yield column * 100_003 + row;
    }
  }
}
