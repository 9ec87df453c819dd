export interface Rectangle {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;
}

export function around(x: number, y: number, width: number, height: number): Rectangle {
  return { x1: x - width / 2, y1: y - height / 2, x2: x + width / 2, y2: y + height / 2 };
}

export function grown({ x1, y1, x2, y2 }: Rectangle, by: number): Rectangle {
  return { x1: x1 - by, y1: y1 - by, x2: x2 + by, y2: y2 + by };
}

/** The upright rectangle around one that is turned about its middle, by an angle in radians. */
export function turned({ x1, y1, x2, y2 }: Rectangle, angle: number): Rectangle {
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  const [width, height] = [x2 - x1, y2 - y1];
  return around((x1 + x2) / 2, (y1 + y2) / 2, width * cos + height * sin, width * sin + height * cos);
}

/** The size of the cells of {@link Occupied}, about that of a label, so that one is in a few. */
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

  /** Whether nothing stands there but, perhaps, its own. */
  isFree(rectangle: Rectangle, own?: Rectangle): boolean {
    for (const key of keys(rectangle)) {
      if (this.#cells.get(key)?.some((other) => other !== own && overlap(rectangle, other))) {
        return false;
      }
    }
    return true;
  }
}

/** Of the cells that it touches. Two cells may share a key, which costs time and nothing else. */
function keys({ x1, y1, x2, y2 }: Rectangle): number[] {
  const found: number[] = [];
  for (let column = Math.floor(x1 / CELL); column <= Math.floor(x2 / CELL); column++) {
    for (let row = Math.floor(y1 / CELL); row <= Math.floor(y2 / CELL); row++) {
      found.push(column * 65_537 + row);
    }
  }
  return found;
}
