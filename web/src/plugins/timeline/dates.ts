/** A stretch of time in milliseconds since 1970, UTC; the end is no longer a part of it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** The whole of a day, a month or a year: `2025-02` is all of February. `null` when it is no such date. */
export function spanOf(date: string | null): Span | null {
  const [, year, month, day] = DATE.exec(date ?? '') ?? [];
  if (!year) {
    return null;
  }
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)];
  const start = utc(y, m, d);
  const end = day ? utc(y, m, d + 1) : month ? utc(y, m + 1, 1) : utc(y + 1, 0, 1);
  return { start, end };
}

/** Whether a date names a day, rather than a month or a year. */
export function isDay(date: string): boolean {
  return date.length === 'yyyy-mm-dd'.length;
}

export function middleOf({ start, end }: Span): number {
  return (start + end) / 2;
}

/** The day of the calendar on the reader's wall, as `2025-02-14`. */
export function dayOf(now: Date): string {
  const [month, day] = [now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${now.getFullYear()}-${month}-${day}`;
}

/** `Date.UTC` takes the years before 100 for those of the last century. */
function utc(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date.getTime();
}
