import { type Body, type Link, neighbors } from './bodies';
import { GAP } from './separate';

/** How much wider than high a ring is: labels need more room beside than above each other. */
const STRETCH = 1.4;

/** Into how many pieces a ring is cut, to reckon how many bodies have room on it. */
const PIECES = 360;

/** Rings around the middle: by steps from it, or by the number of links when nothing is to be in the middle. */
export function concentrically(bodies: readonly Body[], links: readonly Link[], inMiddle: readonly number[]): void {
  const adjacent = neighbors(bodies.length, links);
  const room = {
    width: Math.max(0, ...bodies.map(({ width }) => width)) + GAP,
    height: Math.max(0, ...bodies.map(({ height }) => height)) + GAP,
  };
  const placing = { bodies, adjacent, room, placed: new Set<number>() };
  if (inMiddle.length > 0) {
    let radius = 0;
    for (const [steps, ring] of bySteps(adjacent, inMiddle).entries()) {
      // Somewhat more between one step and the next than between the rings of one step.
      radius = placeRing(placing, ring, steps > 1 ? radius + distance(room) / 2 : radius, ring.length > 1 || steps > 0);
    }
  } else {
    const order = adjacent.map((_, i) => i).sort((a, b) => (adjacent[b]?.length ?? 0) - (adjacent[a]?.length ?? 0));
    placeRing(placing, order.slice(0, 1), 0, false);
    for (let at = 1, radius = distance(room); at < order.length; radius += distance(room)) {
      const n = Math.floor(Room.on(radius, room).total);
      place(placing, order.slice(at, at + n), radius);
      at += n;
    }
  }
}

interface Placing {
  readonly bodies: readonly Body[];
  readonly adjacent: readonly number[][];
  readonly room: Size;
  readonly placed: Set<number>;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** From one ring to the next, such that bodies on both do not collide. */
function distance({ width, height }: Size): number {
  return Math.max(height, width / STRETCH);
}

/** The first in the middle, the next linked to it, and so on; last what no way leads to. */
function bySteps(adjacent: readonly number[][], inMiddle: readonly number[]): number[][] {
  const seen = new Set(inMiddle);
  const rings: number[][] = [];
  for (let ring = [...inMiddle]; ring.length > 0; ) {
    rings.push(ring);
    const next = new Set(ring.flatMap((i) => adjacent[i] ?? []).filter((j) => !seen.has(j)));
    for (const j of next) {
      seen.add(j);
    }
    ring = [...next];
  }
  const unreached = adjacent.flatMap((_, i) => (seen.has(i) ? [] : [i]));
  return unreached.length > 0 ? [...rings, unreached] : rings;
}

/** On as many rings as are needed from this radius on. Gives the radius for what comes next. */
function placeRing(placing: Placing, ring: readonly number[], radius: number, isAround: boolean): number {
  const { room } = placing;
  if (!isAround) {
    place(placing, ring, 0);
    return distance(room);
  }
  const radii: number[] = [];
  let total = 0;
  let next = Math.max(radius, distance(room) / 2);
  for (; total < ring.length; next += distance(room)) {
    radii.push(next);
    total += Math.floor(Room.on(next, room).total);
  }
  // By turns on each, such that all are equally full and neighbours stay near each other.
  const sorted = byWantedAngle(placing, ring);
  const fill = radii.map((r) => ({ r, n: Math.floor(Room.on(r, room).total), members: [] as number[] }));
  for (const i of sorted) {
    const emptiest = fill.reduce((a, b) => ((a.members.length + 1) / a.n <= (b.members.length + 1) / b.n ? a : b));
    emptiest.members.push(i);
  }
  for (const { r, members } of fill) {
    place(placing, members, r);
  }
  return next;
}

/** Along the ring, in the order and turned such that each is near to what it is linked to on inner rings. */
function place(placing: Placing, ring: readonly number[], radius: number): void {
  const { bodies, placed, room } = placing;
  const sorted = byWantedAngle(placing, ring);
  const along = Room.on(radius, room);
  const angles = sorted.map((_, k) => along.angleAt(k / sorted.length));
  const start = bestStart(
    sorted.map((i) => wantedAngle(placing, i)),
    angles,
  );
  sorted.forEach((i, k) => {
    const body = bodies[i] as Body;
    const angle = angles[(k + start) % angles.length] ?? 0;
    body.x = radius * STRETCH * Math.cos(angle);
    body.y = radius * Math.sin(angle);
  });
  for (const i of ring) {
    placed.add(i);
  }
}

/** By how many places to turn the ring, such that the bodies are nearest to the angles they want. */
function bestStart(wanted: readonly (number | undefined)[], angles: readonly number[]): number {
  let best = { start: 0, nearness: Number.NEGATIVE_INFINITY };
  const step = Math.max(1, Math.floor(angles.length / 60));
  for (let start = 0; start < angles.length; start += step) {
    let nearness = 0;
    wanted.forEach((angle, k) => {
      if (angle !== undefined) {
        nearness += Math.cos(angle - (angles[(k + start) % angles.length] ?? 0));
      }
    });
    if (nearness > best.nearness + 1e-9) {
      best = { start, nearness };
    }
  }
  return best.start;
}

function byWantedAngle(placing: Placing, ring: readonly number[]): number[] {
  const turn = (angle: number | undefined) =>
    angle === undefined ? 2 * Math.PI : (angle + 2.5 * Math.PI) % (2 * Math.PI);
  return ring
    .map((i) => ({ i, angle: turn(wantedAngle(placing, i)) }))
    .sort((a, b) => a.angle - b.angle)
    .map(({ i }) => i);
}

/** Where its neighbours on inner rings are; none when there are none, or only the one in the middle. */
function wantedAngle({ bodies, adjacent, placed }: Placing, i: number): number | undefined {
  let [x, y] = [0, 0];
  for (const j of adjacent[i] ?? []) {
    if (placed.has(j)) {
      const body = bodies[j] as Body;
      const radius = Math.hypot(body.x, body.y);
      x += radius > 0 ? body.x / radius : 0;
      y += radius > 0 ? body.y / radius : 0;
    }
  }
  return Math.hypot(x, y) > 1e-6 ? Math.atan2(y, x) : undefined;
}

/** How many bodies of a size have room along a ring: few where they stand side by side, more where above each other. */
class Room {
  readonly total: number;
  readonly #upTo: readonly number[];

  static on(radius: number, size: Size): Room {
    return new Room(radius, size);
  }

  private constructor(radius: number, { width, height }: Size) {
    let total = 0;
    const upTo: number[] = [0];
    for (let piece = 0; piece < PIECES; piece++) {
      const angle = angleOf((piece + 0.5) / PIECES);
      const dx = Math.abs(radius * STRETCH * Math.sin(angle));
      const dy = Math.abs(radius * Math.cos(angle));
      total += (Math.max(dx / width, dy / height) * 2 * Math.PI) / PIECES;
      upTo.push(total);
    }
    this.total = total;
    this.#upTo = upTo;
  }

  /** The angle up to which this share of all that has room stands. */
  angleAt(share: number): number {
    const wanted = share * this.total;
    const after = this.#upTo.findIndex((n) => n > wanted);
    const [from, to] = [this.#upTo[after - 1] ?? 0, this.#upTo[after] ?? 1];
    return angleOf((Math.max(0, after - 1) + (wanted - from) / (to - from || 1)) / PIECES);
  }
}

/** Clockwise from the top. */
function angleOf(share: number): number {
  return share * 2 * Math.PI - Math.PI / 2;
}
