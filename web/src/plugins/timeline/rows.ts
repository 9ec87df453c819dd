import { type Entity, entityOf } from '../../answer/graph';
import { qualifiersOf } from '../../answer/qualifiers';
import type { ToldFragment } from '../../graphql.generated';
import { words } from '../../words';
import { isDay, middleOf, type Span, spanOf } from './dates';
import type { LawPositions, StanceOnDay } from './load';

/** What one organization said of a law at one time, which is one mark of the picture. */
export interface Mark {
  /** Tells it from all other marks, also in another session. */
  readonly key: string;
  readonly statements: readonly ToldFragment[];
  /** When it was, in words. */
  readonly date: string;
  /** The month or year in which it was said, where no source gives the day. */
  readonly period: Span | null;
  /** When it began and ceased to hold: the day, month or year of each; `null` where that is not told. */
  readonly held: { readonly start: Span | null; readonly end: Span | null } | null;
  /** The moment at which it stands in the picture. `null` when no source dates it. */
  readonly at: number | null;
  /** The whole of it in a sentence. */
  readonly name: string;
  /** The same, without who and what it is about. */
  readonly brief: string;
}

/** An organization, and what it said of one version of a law. */
export interface Row {
  readonly organization: Entity;
  readonly undated: Mark | null;
  /** In the order of time. */
  readonly dated: readonly Mark[];
  /** How it stands on the day, in words. */
  readonly stance: string;
}

/** The organizations that spoke of a law, those first that spoke first; those without a date last, by name. */
export function rowsOf({ law, positions, stances }: LawPositions): Row[] {
  const rows = [...grouped(positions, ({ subject }) => subject.id).values()].map((statements): Row => {
    const organization = entityOf(first(statements).subject);
    const marks = [...grouped(statements, dateOf).values()].map((same) => markOf(organization, law, same));
    return {
      organization,
      undated: marks.find(({ at }) => at === null) ?? null,
      dated: marks.filter(({ at }) => at !== null).sort((a, b) => (a.at ?? 0) - (b.at ?? 0)),
      stance: stanceText(stances.filter((stance) => stance.organization.id === organization.id)),
    };
  });
  const began = ({ dated }: Row) => dated[0]?.at ?? Number.POSITIVE_INFINITY;
  return rows.sort(
    (a, b) =>
      (began(a) === began(b) ? 0 : began(a) - began(b)) || a.organization.name.localeCompare(b.organization.name, 'en'),
  );
}

/** What is not the organization's own stated position makes no stance: what is inferred, and what a member said. */
export function isOwnWord({ basis, voice }: ToldFragment): boolean {
  return basis === 'STATED' && voice !== 'MEMBER';
}

function markOf(organization: Entity, law: Entity, statements: readonly ToldFragment[]): Mark {
  const { on, from, until } = first(statements);
  const said = spanOf(on);
  const [start, end] = [spanOf(from), spanOf(until)];
  const held = start || end ? { start, end } : null;
  const date = dateOf(first(statements));
  const verbs = statements.map(({ predicate }) => VERBS[predicate] ?? words(predicate));
  const qualified = statements.map(qualifiers);
  // Where all say it in the same manner, the manner is told once.
  const manner =
    new Set(qualified).size === 1
      ? qualified[0]
      : `: ${statements.map((_, i) => `${verbs[i]}${qualified[i]}`).join('; ')}`;
  const verb = [...new Set(verbs)].join(' and ');
  return {
    key: [law.id, organization.id, date].join(' '),
    statements,
    date,
    period: on && said && !isDay(on) ? said : null,
    held,
    at: said ? middleOf(said) : held && middleHeld(held),
    name: `${organization.name} ${verb} ${law.name}, ${date}${manner}`,
    brief: `${verb}, ${date}${manner}`,
  };
}

/** Half way between its ends; where but one is told, the middle of that. */
function middleHeld({ start, end }: NonNullable<Mark['held']>): number | null {
  if (start && end) {
    return middleOf({ start: Math.min(start.start, end.start), end: Math.max(start.end, end.end) });
  }
  const told = start ?? end;
  return told && middleOf(told);
}

const VERBS: Partial<Record<ToldFragment['predicate'], string>> = {
  SUPPORTS: 'supports',
  OPPOSES: 'opposes',
  NEUTRAL_ON: 'is neutral on',
};

/** But for the dates, which tell one mark from another. That a body speaks for itself is what one expects of its row. */
function qualifiers({ aspect, condition, venue, basis, voice }: ToldFragment): string {
  return qualifiersOf({ aspect, condition, venue, basis, voice: voice === 'MEMBER' ? voice : null })
    .map((qualifier) => `, ${qualifier}`)
    .join('');
}

/** When it was said, and when it held: `2026-01-27`, or `from 2024 until 2025-03`. */
function dateOf({ on, from, until }: ToldFragment): string {
  return [on, from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(' ') || 'undated';
}

const STANCES: Record<StanceOnDay['stance'], string> = {
  SUPPORT: 'supports',
  OPPOSE: 'opposes',
  NEUTRAL: 'neutral',
  MIXED: 'mixed',
};

/** Nothing known is not neutral, and is told as that. */
function stanceText(stances: readonly StanceOnDay[]): string {
  const texts = stances.map(({ stance, aspect, conditional }) =>
    [STANCES[stance], aspect && `as to ${aspect.name}`, conditional && 'under a condition'].filter(Boolean).join(', '),
  );
  return texts.join('; ') || 'none known';
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) {
      group.push(item);
    } else {
      groups.set(keyOf(item), [item]);
    }
  }
  return groups;
}

function first(statements: readonly ToldFragment[]): ToldFragment {
  const [statement] = statements;
  if (!statement) {
    throw new Error('a group has what it was made for');
  }
  return statement;
}
