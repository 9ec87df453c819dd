import { expect, test } from 'vitest';

import type { ToldFragment } from '../../graphql.generated';
import { type Layout, layoutOf } from './layout';
import type { LawEvent, LawPositions } from './load';
import { told } from './told.fixture';

const measure = (text: string) => text.length * 7;

const LAW = { id: 'law/l', kind: 'LAW', name: 'the law' } as const;

function said(n: number, more: Partial<ToldFragment>): ToldFragment {
  const subject = { __typename: 'Organization', id: `organization/o-${n}`, kind: 'ORGANIZATION' } as const;
  return {
    ...told({
      id: `${n} ${JSON.stringify(more)}`,
      subject: { ...subject, name: `Organization ${n}` },
      predicate: 'SUPPORTS',
      object: { __typename: 'Law', ...LAW },
    }),
    ...more,
  };
}

function law(positions: ToldFragment[], events: Partial<LawEvent>[] = []): LawPositions {
  return {
    law: LAW,
    events: events.map((event) => ({ kind: 'PASSED', on: null, asOf: null, note: null, citations: [], ...event })),
    stances: [],
    positions,
    nPositions: positions.length,
  };
}

const marksOf = (layout: Layout) => layout.groups.flatMap(({ rows }) => rows.flatMap(({ marks }) => marks));

test('a month is as wide as its days, and a day has no width', () => {
  const layout = layoutOf(
    [law([said(1, { on: '2024' }), said(2, { on: '2024-02' }), said(3, { on: '2024-02-15' })])],
    1000,
    measure,
  );
  const [year, month, day] = marksOf(layout).sort((a, b) => b.x - a.x);
  const width = (of: typeof year) => of?.period && of.period.end - of.period.start;
  expect((width(month) ?? 0) / (width(year) ?? 1)).toBeCloseTo(29 / 366, 5);
  expect(day?.period).toBeNull();
  expect(day?.x).toBeCloseTo(month?.x ?? 0, 5);
});

test('what is undated stands in a column of its own, left of all time', () => {
  const layout = layoutOf(
    [law([said(1, {}), said(1, { basis: 'INFERRED', predicate: 'OPPOSES' }), said(1, { on: '2024-02-15' })])],
    1000,
    measure,
  );
  const [undated, dated] = marksOf(layout);
  const { columns } = layout;
  expect(undated?.signs).toEqual([
    { stance: 'SUPPORTS', isOwn: true },
    { stance: 'OPPOSES', isOwn: false },
  ]);
  expect(undated?.x).toBe(((columns.undated?.start ?? 0) + (columns.undated?.end ?? 0)) / 2);
  expect(columns.undated?.end).toBeLessThan(columns.time?.start ?? 0);
  expect(dated?.x).toBeGreaterThan(columns.time?.start ?? 0);
});

test('without dates there is no axis, and without undated positions no column for them', () => {
  const undated = layoutOf([law([said(1, {})])], 1000, measure);
  expect([undated.columns.time, undated.ticks]).toEqual([null, []]);
  expect(layoutOf([law([said(1, { on: '2024' })])], 1000, measure).columns.undated).toBeNull();
});

test('marks of neighbouring days do not cover each other', () => {
  const days = ['2024-02-14', '2024-02-15', '2024-02-16'];
  const marks = marksOf(layoutOf([law([...days, '2020'].map((on) => said(1, { on })))], 600, measure));
  const boxes = marks.map(({ x, y, width }) => ({ left: x - width / 2, right: x + width / 2, y }));
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) {
      expect(a.y === b.y && a.left < b.right && b.left < a.right).toBe(false);
    }
  }
  expect(new Set(boxes.map(({ y }) => y)).size).toBe(3);
});

test.each([280, 400, 700, 1500])('labels of events neither overlap nor leave the picture at %i px', (width) => {
  const events = ['2024-01-01', '2024-01-03', '2024-02', '2025-06-01', '2025-12-30', '2026'].map((on) => ({ on }));
  const layout = layoutOf(
    [law([said(1, { on: '2024-01-02' })], [...events, { asOf: '2025-12-31' }, {}])],
    width,
    measure,
  );
  const boxes = layout.groups.flatMap((group) =>
    group.events.map(({ label, labelX, labelY }) => ({ left: labelX, right: labelX + measure(label), y: labelY })),
  );
  expect(boxes.length).toBe(7);
  for (const [i, a] of boxes.entries()) {
    expect([a.left >= 0, a.right <= width]).toEqual([true, true]);
    for (const b of boxes.slice(i + 1)) {
      expect(a.y === b.y && a.left < b.right && b.left < a.right).toBe(false);
    }
  }
});

test('an event of which only the latest day is known says so', () => {
  const layout = layoutOf([law([], [{ kind: 'INTRODUCED', asOf: '2026-01-24' }])], 1000, measure);
  expect(layout.groups[0]?.events.map(({ label, isLatest }) => [label, isLatest])).toEqual([
    ['introduced by 2026-01-24', true],
  ]);
});

test('the axis is marked by day, by month or by year, and its labels keep apart', () => {
  const ticks = (from: string, until: string, width = 1000) =>
    layoutOf([law([said(1, { on: from }), said(2, { on: until })])], width, measure).ticks;
  const labels = (...dates: [string, string]) => ticks(...dates).map(({ label }) => label);
  expect(labels('2026-01-27', '2026-02-06')).toEqual(['2026-01-25', '2026-02-01', '2026-02-08', '2026-02-15']);
  expect(labels('2024-01', '2024-12')).toContain('2024-07');
  expect(labels('2012', '2024')).toContain('2020');
  for (const width of [280, 700, 3000]) {
    const xs = ticks('2026-01-27', '2026-02-06', width).map(({ x }) => x);
    expect(xs.slice(1).every((x, i) => x - (xs[i] ?? 0) >= 80)).toBe(true);
  }
});

test('a position that held is drawn to its end, or on for a bit where no end is told', () => {
  const [closed, open] = marksOf(
    layoutOf(
      [law([said(1, { on: '2024-01-01', until: '2024-12-31' }), said(2, { from: '2024-06-01' })])],
      1000,
      measure,
    ),
  );
  const [end] = closed?.held?.ends ?? [];
  expect(closed?.held).toEqual({ sure: { start: closed?.x, end }, ends: [end], periods: [], open: [] });
  expect(open?.held?.ends).toEqual([open?.held?.sure?.start]);
  expect(open?.held?.open[0]?.start).toBe(open?.x);
});

test('of a year in which a position began or ended, no day is drawn as that on which it did', () => {
  const years = ['2023', '2024', '2025', '2026'];
  const marks = (more: Partial<ToldFragment>) => {
    const all = [said(1, more), ...years.map((on, i) => said(i + 2, { on }))];
    const placed = marksOf(layoutOf([law(all)], 1000, measure));
    const [held] = placed.flatMap((mark) => (mark.held ? [mark.held] : []));
    const periods = placed.flatMap(({ period }) => period ?? []).sort((a, b) => a.start - b.start);
    return { held, periods };
  };
  const both = marks({ from: '2023', until: '2025' });
  expect(both.held).toEqual({
    sure: both.periods[1],
    ends: [],
    periods: [both.periods[0], both.periods[2]],
    open: [],
  });
  const since = marks({ from: '2024' });
  expect(since.held).toMatchObject({ sure: null, ends: [], periods: [since.periods[1]] });
  expect(since.held?.open[0]?.start).toBe(since.periods[1]?.end);
  const until = marks({ until: '2024' });
  expect(until.held).toMatchObject({ sure: null, ends: [], periods: [until.periods[1]] });
  expect(until.held?.open[0]?.end).toBe(until.periods[1]?.start);
  expect(marks({ from: '2024', until: '2024' }).held?.sure).toBeNull();
});
