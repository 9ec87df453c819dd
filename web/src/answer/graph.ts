import type { EntityKind, NamedFragment, Predicate, Voice } from '../graphql.generated';

/** An entity as the panels know it. */
export interface Entity {
  readonly id: string;
  readonly kind: EntityKind;
  readonly name: string;
}

/** A statement as the panels know it: an arrow from one entity to another. */
export interface Statement {
  readonly id: string;
  readonly predicate: Predicate;
  readonly subject: string;
  readonly object: string;
  readonly isInferred: boolean;
  readonly on: string | null;
  /** The name of the part of the object that is meant. */
  readonly aspect: string | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly condition: string | null;
  readonly voice: Voice | null;
}

/** Entities and statements by their ids, in the order in which an answer tells of them. */
export interface Graph {
  readonly entities: ReadonlyMap<string, Entity>;
  readonly statements: ReadonlyMap<string, Statement>;
}

/** The kinds of entity, in the order of a legend. */
export const ENTITY_KINDS: readonly EntityKind[] = ['ORGANIZATION', 'LAW', 'CLAIM', 'STUDY', 'JURISDICTION', 'TOPIC'];

/** An id is a kind, a slash and a slug. */
export const ENTITY_ID = /^(organization|law|claim|study|jurisdiction|topic)\/[a-z0-9-]+$/;

/**
 * The entities and statements in an answer, wherever they stand in it.
 *
 * They are found by their shape: an entity by its id and name; a statement by its predicate and two ends. What stands
 * in an answer several times is there once.
 */
export function graphOf(data: unknown): Graph {
  const entities = new Map<string, Entity>();
  const statements = new Map<string, Statement>();
  for (const found of objectsIn(data)) {
    const entity = asEntity(found);
    if (entity && !entities.has(entity.id)) {
      entities.set(entity.id, entity);
    }
    const statement = asStatement(found);
    if (statement && !statements.has(statement.id)) {
      statements.set(statement.id, statement);
    }
  }
  return { entities, statements };
}

/** All of both; what both know is taken from the first. */
export function union(a: Graph, b: Graph): Graph {
  return {
    entities: new Map([...b.entities, ...a.entities]),
    statements: new Map([...b.statements, ...a.statements]),
  };
}

/** Every object in an answer, outer ones before inner ones. */
export function* objectsIn(data: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (Array.isArray(data)) {
    for (const item of data) {
      yield* objectsIn(item);
    }
  } else if (typeof data === 'object' && data !== null) {
    yield data as Readonly<Record<string, unknown>>;
    for (const value of Object.values(data)) {
      yield* objectsIn(value);
    }
  }
}

export function entityOf({ id, kind, name }: NamedFragment): Entity {
  return { id, kind, name };
}

/** The entity that an object of an answer is, if it is one. */
export function asEntity({ id, name }: Readonly<Record<string, unknown>>): Entity | undefined {
  if (typeof id !== 'string' || typeof name !== 'string' || !ENTITY_ID.test(id)) {
    return undefined;
  }
  return { id, kind: kindOf(id), name };
}

/** The kind of an entity, by its id. */
export function kindOf(id: string): EntityKind {
  return id.slice(0, id.indexOf('/')).toUpperCase() as EntityKind;
}

/** The statement that an object of an answer is, if it is one. */
export function asStatement(found: Readonly<Record<string, unknown>>): Statement | undefined {
  const { id, predicate, subject, object, basis, aspect, voice } = found;
  const ends = [
    asEntity((subject ?? {}) as Record<string, unknown>),
    asEntity((object ?? {}) as Record<string, unknown>),
  ];
  if (typeof predicate !== 'string' || !ends[0] || !ends[1]) {
    return undefined;
  }
  return {
    id: typeof id === 'string' ? id : `${ends[0].id} ${predicate} ${ends[1].id}`,
    predicate: predicate as Predicate,
    subject: ends[0].id,
    object: ends[1].id,
    isInferred: basis === 'INFERRED',
    on: textOf(found.on),
    aspect: textOf((aspect as { name?: unknown } | null | undefined)?.name),
    from: textOf(found.from),
    until: textOf(found.until),
    condition: textOf(found.condition),
    voice: textOf(voice) as Voice | null,
  };
}

/** A text of an answer; a reader may have given its name to something else. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
