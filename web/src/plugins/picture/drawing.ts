import { ENTITY_KINDS } from '../../answer/graph';
import type { EntityKind } from '../../graphql.generated';
import type { LayoutName } from './layout';

export interface Pin {
  readonly x: number;
  readonly y: number;
  /** How many additions there were when it was set: what was laid out before knows nothing of it. */
  readonly after: number;
}

/** What the reader asked for beyond the answer. */
export type Addition =
  | { readonly type: 'neighbors'; readonly of: string; readonly limit: number }
  | { readonly type: 'paths'; readonly from: string; readonly to: string }
  | { readonly type: 'links'; readonly among: readonly string[] };

/**
 * What the reader made of an answer's picture. Plain JSON: from the answer and this the same picture arises again,
 * without a word on what the server said to the additions.
 */
export interface Drawing {
  /** The question whose answer it belongs to. */
  readonly question: string;
  readonly layout: LayoutName;
  /** What stands in the middle of the concentric layout; empty: the most linked. */
  readonly center: readonly string[];
  readonly hidden: readonly string[];
  readonly hiddenKinds: readonly EntityKind[];
  /** What was hidden when the reader last chose a layout: nothing was placed for it. */
  readonly placedWithout: { readonly ids: readonly string[]; readonly kinds: readonly EntityKind[] };
  readonly pins: Readonly<Record<string, Pin>>;
  readonly additions: readonly Addition[];
}

export type Change =
  | { readonly type: 'layOut'; readonly layout: LayoutName; readonly center: readonly string[] }
  | { readonly type: 'hide'; readonly ids: readonly string[] }
  | { readonly type: 'showHidden' }
  | { readonly type: 'toggleKind'; readonly kind: EntityKind }
  | { readonly type: 'pin'; readonly id: string; readonly x: number; readonly y: number }
  | { readonly type: 'unpin'; readonly id: string }
  | { readonly type: 'add'; readonly addition: Addition };

/** A drawing, and those before and after it. */
export interface History {
  readonly past: readonly Drawing[];
  readonly present: Drawing;
  readonly future: readonly Drawing[];
}

export type Step = Change | { readonly type: 'undo' } | { readonly type: 'redo' };

/** How many steps can be undone. */
const PAST_MAX = 200;

/** As many as a reader may well make; a link with more would only keep the server busy. */
const ADDITIONS_MAX = 100;

const NOTHING = { ids: [], kinds: [] } as const;

export function blank(question: string): Drawing {
  return {
    question,
    layout: 'force',
    center: [],
    hidden: [],
    hiddenKinds: [],
    placedWithout: NOTHING,
    pins: {},
    additions: [],
  };
}

export function stepped({ past, present, future }: History, step: Step): History {
  switch (step.type) {
    case 'undo': {
      const former = past.at(-1);
      return former
        ? { past: past.slice(0, -1), present: former, future: [present, ...future] }
        : { past, present, future };
    }
    case 'redo': {
      const [next, ...rest] = future;
      return next ? { past: [...past, present], present: next, future: rest } : { past, present, future };
    }
    default: {
      const next = changed(present, step);
      return next === present
        ? { past, present, future }
        : { past: [...past, present].slice(-PAST_MAX), present: next, future: [] };
    }
  }
}

/** The drawing after the change: the same object when it changes nothing. */
function changed(drawing: Drawing, change: Change): Drawing {
  switch (change.type) {
    case 'layOut':
      return laidOut(drawing, change.layout, change.center);
    case 'hide': {
      const more = change.ids.filter((id) => !drawing.hidden.includes(id));
      return more.length > 0 ? { ...drawing, hidden: [...drawing.hidden, ...more] } : drawing;
    }
    case 'showHidden':
      return drawing.hidden.length + drawing.hiddenKinds.length > 0
        ? { ...drawing, hidden: [], hiddenKinds: [], placedWithout: NOTHING }
        : drawing;
    case 'toggleKind': {
      const { hiddenKinds, placedWithout } = drawing;
      const isHidden = hiddenKinds.includes(change.kind);
      return {
        ...drawing,
        hiddenKinds: isHidden ? hiddenKinds.filter((kind) => kind !== change.kind) : [...hiddenKinds, change.kind],
        // What was left out when all was laid out has no place yet.
        placedWithout: isHidden && placedWithout.kinds.includes(change.kind) ? NOTHING : placedWithout,
      };
    }
    case 'pin': {
      const { id, x, y } = change;
      // A tenth of a pixel is nothing that can be seen, and a link is shorter without it.
      const pin = { x: Math.round(x), y: Math.round(y), after: drawing.additions.length };
      return { ...drawing, pins: { ...drawing.pins, [id]: pin } };
    }
    case 'unpin': {
      const { [change.id]: pin, ...pins } = drawing.pins;
      return pin ? { ...drawing, pins } : drawing;
    }
    case 'add': {
      const wanted = JSON.stringify(change.addition);
      return drawing.additions.some((addition) => JSON.stringify(addition) === wanted)
        ? drawing
        : { ...drawing, additions: [...drawing.additions, change.addition] };
    }
  }
}

/** All of it is laid out anew: around what is pinned by now, and without what is hidden. */
function laidOut(drawing: Drawing, layout: LayoutName, center: readonly string[]): Drawing {
  const pins = Object.fromEntries(Object.entries(drawing.pins).map(([id, pin]) => [id, { ...pin, after: -1 }]));
  const placedWithout = { ids: drawing.hidden, kinds: drawing.hiddenKinds };
  const next: Drawing = { ...drawing, layout, center, pins, placedWithout };
  return JSON.stringify(next) === JSON.stringify(drawing) ? drawing : next;
}

const LAYOUTS: Record<LayoutName, true> = { force: true, hierarchical: true, concentric: true };

/** The value as a drawing, `null` if it is none: it may come from a link that somebody wrote by hand. */
export function asDrawing(value: unknown): Drawing | null {
  if (!isRecord(value) || !isRecord(value.placedWithout) || !isRecord(value.pins) || !Array.isArray(value.additions)) {
    return null;
  }
  const isOne =
    typeof value.question === 'string' &&
    typeof value.layout === 'string' &&
    Object.hasOwn(LAYOUTS, value.layout) &&
    areTexts(value.center) &&
    areTexts(value.hidden) &&
    areKinds(value.hiddenKinds) &&
    areTexts(value.placedWithout.ids) &&
    areKinds(value.placedWithout.kinds) &&
    Object.values(value.pins).every(isPin) &&
    value.additions.length <= ADDITIONS_MAX &&
    value.additions.every(isAddition);
  return isOne ? (value as unknown as Drawing) : null;
}

function isPin(value: unknown): boolean {
  return isRecord(value) && [value.x, value.y, value.after].every(Number.isFinite);
}

function isAddition(value: unknown): boolean {
  if (!isRecord(value)) {
    return false;
  }
  switch (value.type) {
    case 'neighbors':
      return typeof value.of === 'string' && Number.isInteger(value.limit);
    case 'paths':
      return typeof value.from === 'string' && typeof value.to === 'string';
    case 'links':
      return areTexts(value.among);
    default:
      return false;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function areKinds(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => ENTITY_KINDS.includes(item));
}
