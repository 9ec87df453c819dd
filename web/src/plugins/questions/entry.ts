import { KIND_NAMES } from './kind-names';
import type { Bounds, Variable } from './variables';

/** What stands in a control: the text of a field, what is picked or chosen, or whether a box is checked. */
export type Entry = string | readonly string[] | boolean;

/** The value as it stands in the control; nothing is the empty text, or the empty list. */
export function entryOf({ control }: Variable, value: unknown): Entry {
  switch (control.is) {
    case 'entities':
    case 'choices':
      return Array.isArray(value) ? value.map(String) : [];
    case 'yes or no':
      return value === true;
    default:
      return value === null || value === undefined ? '' : String(value);
  }
}

/** The value for the operation of an entry with which there is no problem. */
export function valueFrom({ control, isRequired }: Variable, entry: Entry): unknown {
  if (typeof entry === 'boolean') {
    return entry;
  }
  if (typeof entry !== 'string') {
    return entry.length === 0 && !isRequired ? null : entry;
  }
  const text = entry.trim();
  if (text === '' && !(isRequired && control.is === 'text')) {
    return null;
  }
  return control.is === 'number' ? Number(text) : text;
}

/** What would be right, as a sentence; `null` when the entry is. */
export function problemWith({ control, isRequired }: Variable, entry: Entry): string | null {
  if (typeof entry === 'boolean') {
    return null;
  }
  const isEmpty = typeof entry === 'string' ? entry.trim() === '' : entry.length === 0;
  if (isEmpty && !isRequired) {
    return null;
  }
  switch (control.is) {
    case 'entity':
      return isEmpty ? `Pick ${control.kinds.map((kind) => KIND_NAMES[kind].one).join(' or ')}.` : null;
    case 'entities':
      return isWithin(entry.length, control.bounds) && !isEmpty
        ? null
        : `Pick ${rangeOf(control.bounds) ?? 'at least one'}.`;
    case 'document':
    case 'choice':
      return isEmpty ? 'Choose one.' : null;
    case 'choices':
      return isEmpty ? 'Choose at least one.' : null;
    case 'number':
      return isNumber(String(entry), control.isWhole, control.bounds)
        ? null
        : [`Write a ${control.isWhole ? 'whole ' : ''}number`, rangeOf(control.bounds)]
            .filter(Boolean)
            .join(', ')
            .concat('.');
    case 'date':
      return isPartialDate(String(entry).trim())
        ? null
        : 'Write a year, a month or a day that there is: 2026, 2026-01 or 2026-01-27.';
    case 'text':
      return isEmpty ? 'Write at least one word.' : null;
    case 'yes or no':
      return null;
  }
}

function isNumber(text: string, isWhole: boolean, bounds: Bounds): boolean {
  const pattern = isWhole ? /^\s*-?\d+\s*$/ : /^\s*-?\d+(\.\d+)?\s*$/;
  return pattern.test(text) && isWithin(Number(text), bounds);
}

function isWithin(number: number, { least, most }: Bounds): boolean {
  return number >= (least ?? Number.NEGATIVE_INFINITY) && number <= (most ?? Number.POSITIVE_INFINITY);
}

function rangeOf({ least, most }: Bounds): string | null {
  if (least === null) {
    return null;
  }
  return most === null ? `${least} or more` : `${least} to ${most}`;
}

/** A year, a month or a day of the calendar. */
function isPartialDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? [];
  if (year === undefined) {
    return false;
  }
  const whole = `${year}-${month ?? '01'}-${day ?? '01'}`;
  const date = new Date(`${whole}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(whole);
}
