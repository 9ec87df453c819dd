import { scaleUtc } from 'd3-scale';

import { words } from '../../words';
import { middleOf, type Span, spanOf } from './dates';
import { type Held, heldOf } from './held';
import { type Interval, lanes, wrapped } from './lanes';
import type { LawEvent, LawPositions } from './load';
import { isOwnWord, type Mark, type Row, rowsOf } from './rows';

/** One sign of a mark: a stance that was taken, stated by the organization itself or not. */
export interface Sign {
  readonly stance: 'SUPPORTS' | 'OPPOSES' | 'NEUTRAL_ON';
  readonly isOwn: boolean;
}

export interface PlacedMark {
  readonly mark: Mark;
  readonly signs: readonly Sign[];
  /** The middle of its signs, below the top of its row. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** The month or year that it is known to lie in. */
  readonly period: Interval | null;
  readonly held: Held | null;
}

export interface PlacedRow {
  readonly row: Row;
  readonly y: number;
  readonly height: number;
  readonly nameLines: readonly string[];
  readonly stanceLines: readonly string[];
  /** Below the top of the row. */
  readonly textY: number;
  readonly stanceY: number;
  /** What can be gone through with the arrow keys: from the left to the right. */
  readonly marks: readonly PlacedMark[];
}

export interface PlacedEvent {
  readonly label: string;
  readonly x: number;
  /** The month or year that it is known to lie in. */
  readonly period: Interval | null;
  /** Whether it may have happened before. */
  readonly isLatest: boolean;
  readonly labelX: number;
  readonly labelY: number;
}

/** One version of the law. */
export interface PlacedGroup {
  readonly of: LawPositions;
  readonly height: number;
  readonly rows: readonly PlacedRow[];
  readonly events: readonly PlacedEvent[];
}

/** The whole picture, in pixels. Groups stand below each other on one axis of time. */
export interface Layout {
  readonly width: number;
  readonly columns: Columns;
  /** Whether names stand above their marks for want of room beside them. */
  readonly isNarrow: boolean;
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
  readonly groups: readonly PlacedGroup[];
}

/** Where the columns begin and end. */
interface Columns {
  /** `null` when all positions are dated. */
  readonly undated: Interval | null;
  /** `null` when none is. */
  readonly time: Interval | null;
  readonly stance: Interval | null;
  readonly nameWidth: number;
}

/** Half the height of a sign, and half its width. */
export const SIGN = 9;
export const LINE_HEIGHT = 17;

const NARROW = 560;
const LANE_HEIGHT = 30;
const PADDING = 6;
const DAY = 24 * 60 * 60 * 1000;
/** The axis tells of no less than this, so that two days do not fill it. */
const SHORTEST = 28 * DAY;
const TICK_DISTANCE = 96;
/** Places the picture into a width. `measure` tells how wide a text is. */
export function layoutOf(laws: readonly LawPositions[], width: number, measure: (text: string) => number): Layout {
  const isNarrow = width < NARROW;
  const rowsOfLaws = laws.map(rowsOf);
  const columns = columnsOf(rowsOfLaws.flat(), laws, width, isNarrow);
  const scale = scaleOf(rowsOfLaws.flat(), laws, columns.time);
  return {
    width,
    columns,
    isNarrow,
    ticks: scale && columns.time ? ticksOf(scale, columns.time) : [],
    groups: laws.map((law, i) => groupOf(law, rowsOfLaws[i] ?? [], { columns, isNarrow, width, scale, measure })),
  };
}

type Scale = (time: number) => number;

interface Frame {
  readonly columns: Columns;
  readonly isNarrow: boolean;
  readonly width: number;
  readonly scale: TimeScale | null;
  readonly measure: (text: string) => number;
}

interface TimeScale {
  readonly x: Scale;
  readonly ticks: (count: number) => Date[];
}

function columnsOf(rows: readonly Row[], laws: readonly LawPositions[], width: number, isNarrow: boolean): Columns {
  const nameWidth = isNarrow ? width : Math.min(300, Math.round(width * 0.3));
  const stanceWidth = isNarrow ? 0 : Math.min(150, Math.round(width * 0.16));
  const undatedWidth = Math.max(
    0,
    ...rows.map(({ undated }) => (undated ? widthOf(signsOf(undated)) + 2 * PADDING : 0)),
  );
  const start = isNarrow ? 0 : nameWidth + 2 * PADDING;
  const end = width - (stanceWidth > 0 ? stanceWidth + 2 * PADDING : 0);
  // The heading of the column wants its room, too.
  const undatedEnd = undatedWidth > 0 ? start + Math.max(undatedWidth, 60) : start;
  const isDated = rows.some(({ dated }) => dated.length > 0) || laws.some(({ events }) => events.some(timeOf));
  return {
    undated: undatedWidth > 0 ? { start, end: undatedEnd } : null,
    time: isDated ? { start: undatedEnd + 2 * PADDING, end } : null,
    stance: isNarrow ? null : { start: width - stanceWidth, end: width },
    nameWidth,
  };
}

function scaleOf(rows: readonly Row[], laws: readonly LawPositions[], column: Interval | null): TimeScale | null {
  const times = [
    ...rows.flatMap(({ dated }) =>
      dated.flatMap(({ at, period, held }) => [
        at,
        ...[period, held?.start, held?.end].flatMap((span) => [span?.start, span?.end]),
      ]),
    ),
    ...laws.flatMap(({ events }) =>
      events.flatMap((event) => timeOf(event)?.span).flatMap((span) => [span?.start, span?.end]),
    ),
  ].filter((time) => typeof time === 'number');
  if (!column || times.length === 0) {
    return null;
  }
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const missing = Math.max(0, SHORTEST - (last - first)) / 2;
  const scale = scaleUtc()
    .domain([first - missing, last + missing])
    .range([column.start + 3 * SIGN, column.end - 3 * SIGN]);
  return { x: (time) => scale(time), ticks: (count) => scale.ticks(count) };
}

/** Times of the axis, as the dates that they begin: all by year, by month or by day. */
function ticksOf({ x, ticks }: TimeScale, { start, end }: Interval): Layout['ticks'] {
  const times = ticks(Math.max(2, Math.floor((end - start) / TICK_DISTANCE)));
  const dates = times.map((time) => time.toISOString().slice(0, 10));
  const length = dates.every((date) => date.endsWith('-01-01'))
    ? 4
    : dates.every((date) => date.endsWith('-01'))
      ? 7
      : 10;
  const half = length === 10 ? TICK_DISTANCE / 2 - 4 : 24;
  let free = start;
  return times.flatMap((time, i) => {
    const at = x(time.getTime());
    const isFree = at - half >= free && at + half <= end + 2 * PADDING;
    free = isFree ? at + half : free;
    return isFree ? [{ x: at, label: dates[i]?.slice(0, length) ?? '' }] : [];
  });
}

function groupOf(of: LawPositions, rows: readonly Row[], frame: Frame): PlacedGroup {
  const events = eventsOf(of.events, frame);
  let y = events.reduce((lowest, { labelY }) => Math.max(lowest, labelY + PADDING), 0);
  const placed = rows.map((row) => {
    const placedRow = rowOf(row, y, frame);
    y += placedRow.height;
    return placedRow;
  });
  return { of, height: y, rows: placed, events };
}

function rowOf(row: Row, y: number, { columns, isNarrow, scale, measure }: Frame): PlacedRow {
  const nameLines = wrapped(row.organization.name, columns.nameWidth, measure);
  const stanceText = isNarrow ? `stance: ${row.stance}` : row.stance;
  const stanceWidth = columns.stance ? columns.stance.end - columns.stance.start : columns.nameWidth;
  const stanceLines = wrapped(stanceText, stanceWidth, measure);
  const dated = scale ? row.dated.map((mark) => datedMark(mark, scale.x)) : [];
  const laneOf = lanes(dated.map(extentOf), 3);
  const marksHeight = LANE_HEIGHT * Math.max(1, ...laneOf.map((lane) => lane + 1));
  const textHeight = (isNarrow ? nameLines.length + stanceLines.length : nameLines.length) * LINE_HEIGHT;
  const height = isNarrow
    ? textHeight + marksHeight + 2 * PADDING
    : Math.max(textHeight, stanceLines.length * LINE_HEIGHT, marksHeight) + 2 * PADDING;
  const marksY = isNarrow ? textHeight + PADDING : (height - marksHeight) / 2;
  const marks = dated.map((mark, i) => ({ ...mark, y: marksY + ((laneOf[i] ?? 0) + 0.5) * LANE_HEIGHT }));
  return {
    row,
    y,
    height,
    nameLines,
    stanceLines,
    textY: isNarrow ? PADDING : (height - textHeight) / 2,
    stanceY: isNarrow ? PADDING + nameLines.length * LINE_HEIGHT : (height - stanceLines.length * LINE_HEIGHT) / 2,
    marks: [
      ...(row.undated && columns.undated ? [undatedMark(row.undated, columns.undated, marksY + marksHeight / 2)] : []),
      ...marks.sort((a, b) => a.x - b.x),
    ],
  };
}

function undatedMark(mark: Mark, { start, end }: Interval, y: number): PlacedMark {
  const signs = signsOf(mark);
  return { mark, signs, x: (start + end) / 2, y, width: widthOf(signs), period: null, held: null };
}

function datedMark(mark: Mark, x: Scale): PlacedMark {
  const signs = signsOf(mark);
  const at = x(mark.at ?? 0);
  const width = widthOf(signs);
  return {
    mark,
    signs,
    x: at,
    y: 0,
    width,
    period: mark.period && interval(mark.period, x),
    held: heldOf(mark, at, width, x),
  };
}

function extentOf({ x, width, period, held }: PlacedMark): Interval {
  const parts = [
    { start: x - width / 2, end: x + width / 2 },
    period,
    held?.sure,
    ...(held ? [...held.periods, ...held.open] : []),
  ].filter((part) => part != null);
  return { start: Math.min(...parts.map(({ start }) => start)), end: Math.max(...parts.map(({ end }) => end)) };
}

/** A sign for each stance, in the order of a legend, whatever the number of statements. */
function signsOf({ statements }: Mark): Sign[] {
  return (['SUPPORTS', 'OPPOSES', 'NEUTRAL_ON'] as const).flatMap((stance) => {
    const said = statements.filter(({ predicate }) => predicate === stance).map(isOwnWord);
    return [true, false].filter((isOwn) => said.includes(isOwn)).map((isOwn) => ({ stance, isOwn }));
  });
}

function widthOf(signs: readonly Sign[]): number {
  return signs.length * 2 * SIGN + (signs.length - 1) * 2;
}

/** When it happened, or by when it had. */
function timeOf({ on, asOf }: LawEvent): { span: Span; date: string; isLatest: boolean } | null {
  const span = spanOf(on ?? asOf);
  return span && { span, date: on ?? asOf ?? '', isLatest: on === null };
}

function eventsOf(events: readonly LawEvent[], { scale, width, isNarrow, columns, measure }: Frame): PlacedEvent[] {
  if (!scale || !columns.time) {
    return [];
  }
  const left = isNarrow ? 0 : columns.time.start;
  const placed = events.flatMap((event) => {
    const time = timeOf(event);
    if (!time) {
      return [];
    }
    const label = `${words(event.kind)} ${time.isLatest ? 'by ' : ''}${time.date}`;
    const x = scale.x(middleOf(time.span));
    const labelWidth = measure(label);
    const isPeriod = time.span.end - time.span.start > 2 * DAY;
    const period = isPeriod ? interval(time.span, scale.x) : null;
    // To the right of where its line begins, or as far to the left as it must to be whole.
    const labelX = Math.max(left, Math.min((period?.start ?? x) + 4, width - labelWidth));
    return [
      { label, x, period, isLatest: time.isLatest, labelX, start: Math.min(x, labelX), end: labelX + labelWidth },
    ];
  });
  const laneOf = lanes(placed, 10);
  return placed.map(({ label, x, period, isLatest, labelX }, i) => ({
    label,
    x,
    period,
    isLatest,
    labelX,
    labelY: ((laneOf[i] ?? 0) + 1) * LINE_HEIGHT,
  }));
}

function interval({ start, end }: Span, x: Scale): Interval {
  return { start: x(start), end: x(end) };
}
