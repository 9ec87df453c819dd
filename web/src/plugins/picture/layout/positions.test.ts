import { describe, expect, it } from 'vitest';

import type { LayoutEdge, LayoutName, LayoutNode, LayoutOptions, Positions } from '.';
import { positions } from './positions';

const LAYOUTS: readonly LayoutName[] = ['force', 'hierarchical', 'concentric'];

/** Names of one to three lines, as they are: the box reaches further down than up. */
function node(id: string, i = 0): LayoutNode {
  const width = 40 + ((i * 37) % 100);
  const height = 48 + 13 * (i % 3);
  return { id, width, height, offset: { x: 0, y: (height - 30) / 2 } };
}

function nodes(n: number): LayoutNode[] {
  return Array.from({ length: n }, (_, i) => node(String(i), i));
}

/** Each with one of those before it, the first more often than others; some both ways, some twice. */
function edges(n: number): LayoutEdge[] {
  return Array.from({ length: n - 1 }, (_, i) => [
    { source: String(i + 1), target: String((i * i) % (Math.floor(i / 3) + 1)) },
    { source: String(i % 7), target: String(i + 1) },
  ]).flat();
}

/** The pairs of nodes whose boxes overlap. */
function overlaps(boxes: readonly LayoutNode[], at: Positions): string[] {
  const placed = boxes.map(({ id, width, height, offset }) => {
    const { x, y } = at.get(id) ?? { x: Number.NaN, y: Number.NaN };
    return { id, x: x + (offset?.x ?? 0), y: y + (offset?.y ?? 0), width, height };
  });
  return placed.flatMap((a, i) =>
    placed
      .slice(i + 1)
      .filter(
        (b) => !(Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2),
      )
      .map((b) => `${a.id} ${b.id}`),
  );
}

describe.each(LAYOUTS)('the layout %s', (name) => {
  const laidOut = (of: LayoutNode[], links: LayoutEdge[], options?: LayoutOptions) =>
    positions(name, of, links, options);

  it.each([2, 3, 10, 60, 300])('keeps %i entities and their labels apart', (n) => {
    const at = laidOut(nodes(n), edges(n));
    expect(at.size).toBe(n);
    expect(overlaps(nodes(n), at)).toEqual([]);
  });

  it('gives the same graph the same positions', () => {
    expect(laidOut(nodes(60), edges(60))).toEqual(laidOut(nodes(60), edges(60)));
  });

  it('has no position for nothing, and one for one', () => {
    expect(laidOut([], [])).toEqual(new Map());
    const [at] = laidOut([node('a')], []).values();
    expect(at).toEqual({ x: expect.any(Number), y: expect.any(Number) });
    expect(Number.isFinite(at?.x) && Number.isFinite(at?.y)).toBe(true);
  });

  it('minds neither loops nor several edges between the same two, nor edges that end nowhere', () => {
    const links = [
      { source: '0', target: '0' },
      { source: '0', target: '1' },
      { source: '0', target: '1' },
      { source: '1', target: '0' },
      { source: '1', target: 'elsewhere' },
    ];
    const at = laidOut(nodes(3), links);
    expect(overlaps(nodes(3), at)).toEqual([]);
    expect(at).toEqual(laidOut(nodes(3), [links[1] as LayoutEdge, links[3] as LayoutEdge]));
  });

  it('leaves fixed entities where they are, and the others find room around them', () => {
    const fixed = { '3': { x: 1000, y: -500 }, '4': { x: 1010.55, y: -500 }, '5': { x: 1400, y: -450 } };
    const of = nodes(60).map((each) => {
      const at = fixed[each.id as keyof typeof fixed];
      return at ? { ...each, fixed: at } : each;
    });
    const at = laidOut(of, edges(60));
    expect(Object.fromEntries(Object.keys(fixed).map((id) => [id, at.get(id)]))).toEqual(fixed);
    // Two of them were put over each other by the reader.
    expect(overlaps(of, at)).toEqual(['3 4']);
    const ofFree = [...at].filter(([id]) => !(id in fixed)).map(([, { x }]) => x);
    expect(Math.min(...ofFree)).toBeLessThan(1400);
    expect(Math.max(...ofFree)).toBeGreaterThan(1000);
  });

  it('keeps what does not hang together near each other', () => {
    const pairs = Array.from({ length: 15 }, (_, i) => ({ source: String(2 * i), target: String(2 * i + 1) }));
    const at = laidOut(nodes(40), pairs);
    expect(overlaps(nodes(40), at)).toEqual([]);
    const [xs, ys] = [[...at.values()].map(({ x }) => x), [...at.values()].map(({ y }) => y)];
    expect(Math.max(...xs) - Math.min(...xs)).toBeLessThan(1800);
    expect(Math.max(...ys) - Math.min(...ys)).toBeLessThan(1300);
  });
});

describe('force', () => {
  it('moves little when a few come to what is there, which stand beside what they are linked to', () => {
    const start = positions('force', nodes(50), edges(50));
    const at = positions('force', nodes(56), edges(56), { start });
    const moved = [...start].map(([id, { x, y }]) => {
      const now = at.get(id) ?? { x: Number.NaN, y: Number.NaN };
      return Math.hypot(now.x - x, now.y - y);
    });
    expect(moved.reduce((sum, by) => sum + by, 0) / moved.length).toBeLessThan(40);
    expect(overlaps(nodes(56), at)).toEqual([]);
  });
});

describe('hierarchical', () => {
  const chain = [
    { source: 'a', target: 'b' },
    { source: 'b', target: 'c' },
  ];

  it('puts subjects to the left of their objects', () => {
    const at = positions(
      'hierarchical',
      ['c', 'a', 'b'].map((id) => node(id)),
      chain,
    );
    const [a, b, c] = ['a', 'b', 'c'].map((id) => at.get(id)?.x ?? Number.NaN) as [number, number, number];
    expect(a).toBeLessThan(b);
    expect(b).toBeLessThan(c);
    expect(new Set([...at.values()].map(({ y }) => y)).size).toBe(1);
  });

  it('lays out circles', () => {
    const at = positions(
      'hierarchical',
      ['a', 'b', 'c'].map((id) => node(id)),
      [...chain, { source: 'c', target: 'a' }],
    );
    expect(new Set([...at.values()].map(({ x }) => x)).size).toBe(3);
  });

  it('folds a rank of many, so that all can be seen at once', () => {
    const toFirst = nodes(60)
      .slice(1)
      .map(({ id }) => ({ source: id, target: '0' }));
    const at = positions('hierarchical', nodes(60), toFirst);
    const ys = [...at.values()].map(({ y }) => y);
    expect(Math.max(...ys) - Math.min(...ys)).toBeLessThan(900);
    const last = at.get('0')?.x ?? Number.NaN;
    expect([...at].filter(([id, { x }]) => id !== '0' && !(x < last))).toEqual([]);
  });

  it('is done soon with as many as a server tells of', () => {
    const many = nodes(2000);
    const before = performance.now();
    const at = positions('hierarchical', many, edges(2000));
    expect(performance.now() - before).toBeLessThan(10_000);
    expect(overlaps(many, at)).toEqual([]);
  });
});

describe('concentric', () => {
  it('puts what is asked for in the middle, what is linked to it around it, and so on', () => {
    const links = [
      ...['1', '2', '3', '4'].map((id) => ({ source: '0', target: id })),
      ...['5', '6'].map((id) => ({ source: id, target: '1' })),
    ];
    // The last has no link to the others.
    const at = positions('concentric', nodes(8), links, { center: ['0'] });
    const middle = at.get('0') ?? { x: 0, y: 0 };
    // As far as from the middle of a ring that is 1.4 times as wide as high.
    const distance = (id: string) => {
      const { x, y } = at.get(id) ?? { x: Number.NaN, y: Number.NaN };
      return Math.round(Math.hypot((x - middle.x) / 1.4, y - middle.y) / 40);
    };
    const [first, second, rest] = [['1', '2', '3', '4'], ['5', '6'], ['7']].map((ids) => ids.map(distance));
    expect(Math.min(...(first as number[]))).toBeGreaterThan(0);
    expect(Math.max(...(first as number[]))).toBeLessThan(Math.min(...(second as number[])));
    expect(Math.max(...(second as number[]))).toBeLessThan(Math.min(...(rest as number[])));
  });

  it('puts the most linked in the middle when nothing is asked for', () => {
    const links = ['0', '1', '2', '4', '5'].flatMap((id) => [
      { source: id, target: '3' },
      { source: id, target: '6' },
    ]);
    const at = positions('concentric', nodes(30), [...links, { source: '3', target: '29' }]);
    const [middle] = [...at].sort(([, a], [, b]) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y));
    expect(middle?.[0]).toBe('3');
  });
});
