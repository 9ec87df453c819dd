import type { Entity, Graph, Statement } from '../../answer/graph';
import { qualifiersOf } from '../../answer/qualifiers';
import type { Predicate } from '../../graphql.generated';
import { words } from '../../words';
import type { Drawing } from './drawing';
import type { LayoutNode } from './layout';

/** Whether a predicate speaks for its object, against it, or expressly for neither side; the others say no such thing. */
export type Attitude = 'for' | 'against' | 'neither' | 'none';

const ATTITUDES: Partial<Record<Predicate, Attitude>> = {
  SUPPORTS: 'for',
  ASSERTS: 'for',
  BACKS: 'for',
  OPPOSES: 'against',
  DISPUTES: 'against',
  CONTRADICTS: 'against',
  NEGATES: 'against',
  NEUTRAL_ON: 'neither',
};

export function attitudeOf(predicate: Predicate): Attitude {
  return ATTITUDES[predicate] ?? 'none';
}

/** All statements with the same predicate between the same two entities, whatever their dates and venues. */
export interface Arrow {
  readonly id: string;
  readonly subject: string;
  readonly predicate: Predicate;
  readonly object: string;
  /** The ids of the statements. */
  readonly statements: readonly string[];
  /** Whether no source states any of them. */
  readonly isInferred: boolean;
  /** Whether none of them holds but under a condition. */
  readonly isConditional: boolean;
}

/** In the order in which the graph tells of them. */
export function arrowsOf({ statements }: Graph): Arrow[] {
  const arrows = new Map<string, { -readonly [Key in keyof Arrow]: Arrow[Key] } & { statements: string[] }>();
  for (const { id, subject, predicate, object, isInferred, condition } of statements.values()) {
    const isConditional = condition !== null;
    const key = arrowId(subject, predicate, object);
    const arrow = arrows.get(key);
    if (arrow) {
      arrow.statements.push(id);
      arrow.isInferred &&= isInferred;
      arrow.isConditional &&= isConditional;
    } else {
      arrows.set(key, { id: key, subject, predicate, object, statements: [id], isInferred, isConditional });
    }
  }
  return [...arrows.values()];
}

export function arrowId(subject: string, predicate: Predicate, object: string): string {
  return `${subject} ${predicate} ${object}`;
}

/** What an arrow says, without its ends: "supports ×3", "works with (inferred)", "opposes (conditionally)". */
export function arrowLabel({ predicate, statements, isInferred, isConditional }: Arrow): string {
  const count = statements.length > 1 ? ` ×${statements.length}` : '';
  const manner = [isConditional && 'conditionally', isInferred && 'inferred'].filter(Boolean).join(', ');
  return words(predicate) + count + (manner && ` (${manner})`);
}

const MANNERS_MAX = 3;

/** What narrows the statements of an arrow, statement by statement: "as to Labels, on 2026-01; as to Safety". */
export function mannersOf({ statements }: Arrow, graph: Graph): string {
  const manners = new Set<string>();
  for (const id of statements) {
    const statement = graph.statements.get(id);
    if (statement) {
      const { aspect, isInferred } = statement;
      const basis = isInferred ? 'INFERRED' : 'STATED';
      manners.add(qualifiersOf({ ...statement, aspect: aspect === null ? null : { name: aspect }, basis }).join(', '));
    }
  }
  const told = [...manners].filter(Boolean);
  const rest = told.length - MANNERS_MAX;
  return told.slice(0, MANNERS_MAX).join('; ') + (rest > 0 ? `; ${rest} more` : '');
}

/** Without what the filter leaves out, and the statements about that. */
function without(
  { entities, statements }: Graph,
  { ids, kinds }: { readonly ids: readonly string[]; readonly kinds: readonly string[] },
): Graph {
  const left = new Set(ids);
  const isShown = (entity: Entity) => !left.has(entity.id) && !kinds.includes(entity.kind);
  const shown = new Map([...entities].filter(([, entity]) => isShown(entity)));
  const areEndsShown = ({ subject, object }: Statement) => shown.has(subject) && shown.has(object);
  return { entities: shown, statements: new Map([...statements].filter(([, statement]) => areEndsShown(statement))) };
}

/** What of the graph the reader wants to see. */
export function shownOf(graph: Graph, { hidden, hiddenKinds }: Drawing): Graph {
  return without(graph, { ids: hidden, kinds: hiddenKinds });
}

/** What of the graph gets a place. */
export function placedOf(graph: Graph, { placedWithout }: Drawing): Graph {
  return without(graph, placedWithout);
}

const LINE_LENGTH = 22;
const LINES_MAX = 3;

/** The name in at most three lines, for the picture; what does not fit is left out at the end, with an ellipsis. */
export function labelOf(name: string): string {
  const lines: string[] = [];
  for (const word of name.split(/\s+/).flatMap(piecesOf)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= LINE_LENGTH) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  if (lines.length <= LINES_MAX) {
    return lines.join('\n');
  }
  const shown = lines.slice(0, LINES_MAX);
  const end = shown.pop() ?? '';
  return [...shown, `${end.length < LINE_LENGTH ? end : end.slice(0, LINE_LENGTH - 1)}…`].join('\n');
}

/** A word that fits no line, such as an address, in pieces that do. */
function piecesOf(word: string): string[] {
  return word.match(new RegExp(`.{1,${LINE_LENGTH}}`, 'gu')) ?? [];
}

export const NODE_SIZE = 30;
export const LABEL_SIZE = 11;
export const LABEL_GAP = 4;
export const LINE_HEIGHT = 1.2;

/** The mean width of a letter, as a part of the size of the type; somewhat more than most typefaces take. */
const LETTER_WIDTH = 0.56;

/** How much room an entity takes with its label, which stands below it: by the letters, the same on every machine. */
export function roomFor({ id, name }: Entity): LayoutNode {
  const lines = labelOf(name).split('\n');
  const labelWidth = Math.max(...lines.map((line) => line.length)) * LABEL_SIZE * LETTER_WIDTH;
  const labelHeight = LABEL_GAP + lines.length * LABEL_SIZE * LINE_HEIGHT;
  return {
    id,
    width: Math.round(Math.max(NODE_SIZE, labelWidth)),
    height: Math.round(NODE_SIZE + labelHeight),
    offset: { x: 0, y: Math.round(labelHeight / 2) },
  };
}

/** The ids of the arrows that have company between the same two entities, or lead from an entity to itself. */
export function besideOthers(arrows: readonly Arrow[]): ReadonlySet<string> {
  const between = new Map<string, Arrow[]>();
  for (const arrow of arrows) {
    const ends = [arrow.subject, arrow.object].sort().join(' ');
    between.set(ends, [...(between.get(ends) ?? []), arrow]);
  }
  const hasCompany = (group: readonly Arrow[]) => group.length > 1 || group[0]?.subject === group[0]?.object;
  return new Set([...between.values()].filter(hasCompany).flatMap((group) => group.map(({ id }) => id)));
}

/** Which arrows touch each entity. */
export function arrowsAt(arrows: readonly Arrow[]): ReadonlyMap<string, readonly Arrow[]> {
  const found = new Map<string, Arrow[]>();
  for (const arrow of arrows) {
    for (const end of new Set([arrow.subject, arrow.object])) {
      const touching = found.get(end) ?? [];
      touching.push(arrow);
      found.set(end, touching);
    }
  }
  return found;
}

/** "1 entity", "7 entities". */
export function counted(n: number, one: string, many: string): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}

/** "7 entities and 9 statements". */
export function sumOf({ entities, statements }: Graph): string {
  return `${counted(entities.size, 'entity', 'entities')} and ${counted(statements.size, 'statement', 'statements')}`;
}
