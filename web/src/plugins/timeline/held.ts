import type { Span } from './dates';
import type { Interval } from './lanes';
import type { Mark } from './rows';

/** While a position held: each part as it is drawn. */
export interface Held {
  /** While it surely did. */
  readonly sure: Interval | null;
  /** Days that are told, on which it began or ended. */
  readonly ends: readonly number[];
  /** The months or years on some day of which it began or ended. */
  readonly periods: readonly Interval[];
  /** Where it goes on, for how long is not told. */
  readonly open: readonly Interval[];
}

/** How far a line goes on whose end is not told. */
const OPEN = 22;

const DAY = 24 * 60 * 60 * 1000;

/** Places it beside the signs of its mark, which are `width` wide around `at`. `x` tells where a time is. */
export function heldOf(mark: Mark, at: number, width: number, x: (time: number) => number): Held | null {
  if (!mark.held) {
    return null;
  }
  const { start, end } = mark.held;
  const told = [start, end].filter((span) => span !== null);
  // A day is held as a whole; of a month or a year only what comes after its beginning, or before its end, is sure.
  const surelyFrom = start ? x(isOneDay(start) ? start.start : start.end) : at;
  const surelyUntil = end ? x(isOneDay(end) ? end.end : end.start) : Math.max(at, surelyFrom);
  // What was said on a day and held until another began, as far as is told, on that day.
  const isOpenStart = !start && mark.statements.every(({ on }) => on === null);
  return {
    sure: surelyFrom < surelyUntil ? { start: surelyFrom, end: surelyUntil } : null,
    ends: told.filter(isOneDay).map((span) => x(span === start ? span.start : span.end)),
    periods: told.filter((span) => !isOneDay(span)).map((span) => ({ start: x(span.start), end: x(span.end) })),
    open: [
      ...(isOpenStart ? [{ start: Math.min(surelyUntil, at - width / 2) - OPEN, end: Math.min(surelyUntil, at) }] : []),
      ...(end ? [] : [{ start: surelyUntil, end: Math.max(surelyUntil, at + width / 2) + OPEN }]),
    ],
  };
}

function isOneDay({ start, end }: Span): boolean {
  return end - start <= DAY;
}
