import type { Body } from './bodies';
import { around, Occupied } from './rectangle';

/** What is left free between two boxes. */
export const GAP = 8;

const ROUNDS = 60;

/** Two bodies that lie over each other are pushed apart; those that cannot be go to the nearest free place. */
export function separate(bodies: readonly Body[]): void {
  for (let round = 0; round < ROUNDS; round++) {
    if (pushApart(bodies, 1) === 0) {
      return;
    }
  }
  moveToFreePlaces(bodies);
}

/** One round of pushing all that collide along the shorter way, by a share of it. Tells how many pairs did. */
export function pushApart(bodies: readonly Body[], share: number): number {
  const sorted = [...bodies].sort((a, b) => a.x - b.x);
  const widest = Math.max(...bodies.map(({ width }) => width));
  let n = 0;
  for (let i = 0; i < sorted.length; i++) {
    const a = sorted[i] as Body;
    for (let j = i + 1; j < sorted.length; j++) {
      const b = sorted[j] as Body;
      // The order is that of before the round, in which bodies have moved a little.
      if (b.x - a.x > 2 * widest) {
        break;
      }
      const byX = (a.width + b.width) / 2 + GAP - Math.abs(a.x - b.x);
      const byY = (a.height + b.height) / 2 + GAP - Math.abs(a.y - b.y);
      if (byX > TOUCH && byY > TOUCH && !(a.isFixed && b.isFixed)) {
        push(a, b, byX < byY ? 'x' : 'y', Math.min(byX, byY) * share);
        n++;
      }
    }
  }
  return n;
}

/** So near is free enough: what was pushed just so far must not be found to collide by a rounding. */
const TOUCH = 0.01;

function push(a: Body, b: Body, axis: 'x' | 'y', distance: number): void {
  const sign = a[axis] <= b[axis] ? 1 : -1;
  const ofA = lightness(a) / (lightness(a) + lightness(b));
  a[axis] -= sign * distance * ofA;
  b[axis] += sign * distance * (1 - ofA);
}

/** How readily it gives way: what comes anew more than what the reader has seen in its place. */
function lightness({ isFixed, isPlaced }: Body): number {
  return isFixed ? 0 : isPlaced ? 0.2 : 1;
}

/** What stands free stays; the rest goes, one after the other, to the nearest place where it collides with nothing. */
function moveToFreePlaces(bodies: readonly Body[]): void {
  const occupied = new Occupied();
  const waiting: Body[] = [];
  for (const body of [...bodies].sort((a, b) => Number(b.isFixed) - Number(a.isFixed))) {
    if (body.isFixed || occupied.isFree(roomOf(body))) {
      occupied.add(roomOf(body));
    } else {
      waiting.push(body);
    }
  }
  for (const body of waiting) {
    const { x, y, width, height } = body;
    // A spiral with a place for each few pixels.
    for (let step = 1; !occupied.isFree(roomOf(body)); step++) {
      const radius = 0.15 * Math.sqrt(step);
      body.x = x + radius * width * Math.cos(step * GOLDEN_ANGLE);
      body.y = y + radius * height * Math.sin(step * GOLDEN_ANGLE);
    }
    occupied.add(roomOf(body));
  }
}

/** Turned by it again and again, places on a spiral are spread evenly. */
export const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

function roomOf({ x, y, width, height }: Body) {
  return around(x, y, width + GAP - TOUCH, height + GAP - TOUCH);
}
