/** Where something begins and ends along a line. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/**
 * The lane of each, counted from 0, so that no two of a lane are nearer than `gap`: from the left, each in the first
 * lane that is free. No arrangement needs fewer lanes.
 */
export function lanes(intervals: readonly Interval[], gap: number): number[] {
  const ends: number[] = [];
  const chosen = new Array<number>(intervals.length).fill(0);
  const fromLeft = intervals.map((interval, i) => ({ ...interval, i })).sort((a, b) => a.start - b.start || a.i - b.i);
  for (const { start, end, i } of fromLeft) {
    const free = ends.findIndex((taken) => taken + gap <= start);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = end;
    chosen[i] = lane;
  }
  return chosen;
}

/** A text in lines that are no wider than `width`; a word that is too long for one is broken. */
export function wrapped(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (measure(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') {
      lines.push(line);
    }
    line = '';
    for (const letter of word) {
      if (line !== '' && measure(line + letter) > width) {
        lines.push(line);
        line = '';
      }
      line += letter;
    }
  }
  return line === '' ? lines : [...lines, line];
}
