import { forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from 'd3-force';

import type { Point } from '.';
import { type Body, type Link, neighbors } from './bodies';
import { GOLDEN_ANGLE, pushApart } from './separate';

/** Strong enough that no part drifts away which is not linked to the others. */
const TO_CENTER = 0.06;

interface Particle extends SimulationNodeDatum {
  readonly body: Body;
  x: number;
  y: number;
}

/** Linked bodies attract, all others repel each other, and none drifts away, however few links it has. */
export function byForce(bodies: readonly Body[], links: readonly Link[]): void {
  const center = { x: middle(bodies, 'x'), y: middle(bodies, 'y') };
  placeNew(bodies, links, center);
  const stretch = aspect(bodies);
  const reach = meanOf(bodies, ({ width, height }) => Math.sqrt(width * height));
  // A few have room for what is written along their arrows.
  const spread = 1 + Math.exp(-bodies.length / 20);
  const particles = bodies.map((body): Particle => {
    const x = body.x / stretch;
    // What has its place gives way only where new ones come to lie over it.
    return { body, x, y: body.y, ...(body.isPlaced ? { fx: x, fy: body.y } : {}) };
  });
  const isExpansion = bodies.some(({ isPlaced, isFixed }) => isPlaced && !isFixed);
  const nTicks = ticks(bodies.length, isExpansion);
  const simulation = forceSimulation(particles)
    .force(
      'charge',
      forceManyBody<Particle>()
        .strength(-6 * reach * spread ** 2)
        .distanceMax(12 * reach)
        .theta(1),
    )
    .force(
      'link',
      forceLink<Particle, { source: number; target: number }>(
        links.map(([source, target]) => ({ source, target })),
      ).distance(1.2 * reach * spread),
    )
    .force('x', forceX(center.x / stretch).strength(TO_CENTER))
    .force('y', forceY(center.y).strength(TO_CENTER))
    .alpha(isExpansion ? 0.3 : 1)
    .alphaDecay(1 - 0.003 ** (1 / nTicks))
    .stop();
  for (let tick = 0; tick < nTicks; tick++) {
    simulation.tick();
    // At first they pass through each other, so that the picture unfolds.
    if (tick > nTicks / 2) {
      for (const particle of particles) {
        particle.body.x = particle.x * stretch;
        particle.body.y = particle.y;
      }
      pushApart(bodies, 0.5);
      for (const particle of particles) {
        particle.x = particle.body.x / stretch;
        particle.y = particle.body.y;
      }
    }
  }
}

/** Fewer for more, which are slower and whose picture needs no fine polish. */
function ticks(n: number, isExpansion: boolean): number {
  const full = n <= 300 ? 400 : n <= 1000 ? 200 : 120;
  return isExpansion ? full / 2 : full;
}

/** A new body starts beside what it is linked to, or else on a spiral around the middle. */
function placeNew(bodies: readonly Body[], links: readonly Link[], center: Point): void {
  const adjacent = neighbors(bodies.length, links);
  const reach = meanOf(bodies, ({ width, height }) => Math.sqrt(width * height));
  bodies.forEach((body, i) => {
    if (body.isPlaced) {
      return;
    }
    const known = (adjacent[i] ?? []).map((j) => bodies[j] as Body).filter(({ isPlaced }) => isPlaced);
    const radius = known.length > 0 ? reach : reach * Math.sqrt(0.5 + i);
    body.x = (known.length > 0 ? meanOf(known, ({ x }) => x) : center.x) + radius * Math.cos(i * GOLDEN_ANGLE);
    body.y = (known.length > 0 ? meanOf(known, ({ y }) => y) : center.y) + radius * Math.sin(i * GOLDEN_ANGLE);
  });
}

/** How much wider than high the picture is to be: wide labels need more room beside than above each other. */
function aspect(bodies: readonly Body[]): number {
  const ratio = meanOf(bodies, ({ width }) => width) / meanOf(bodies, ({ height }) => height);
  return Math.min(2, Math.max(1, Math.sqrt(ratio)));
}

/** Of those that were placed before. */
function middle(bodies: readonly Body[], axis: 'x' | 'y'): number {
  const placed = bodies.filter(({ isPlaced }) => isPlaced);
  return placed.length > 0 ? meanOf(placed, (body) => body[axis]) : 0;
}

function meanOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0) / Math.max(1, items.length);
}
