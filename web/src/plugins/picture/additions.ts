import { type Entity, entityOf, type Graph, graphOf } from '../../answer/graph';
import {
  type DrawnFragment,
  ExpandInPictureDocument,
  LinksInPictureDocument,
  type LinksInPictureQuery,
  type PathMeaning,
  PathsInPictureDocument,
  TiesInPictureDocument,
  type TiesInPictureQuery,
} from '../../graphql.generated';
import { ask } from '../../server';
import type { Addition } from './drawing';
import { arrowId, counted } from './elements';

/** A walk from one entity to another. */
export interface Way {
  readonly entities: readonly Entity[];
  readonly statements: Graph['statements'];
  /** What it says of its ends, in words. */
  readonly meaning: string;
}

/** What the server said to an addition. */
export interface Added {
  readonly graph: Graph;
  /** Of paths. */
  readonly ways: readonly Way[];
  /** How many the server left out of neighbors; 0 when all are there, `null` when it does not know. */
  readonly nLeftOut: number | null;
  /** What the reader should know of it beside what can be seen, in sentences; or empty. */
  readonly remark: string;
}

/** How many neighbors an expansion shows at first, and how many times as many the next one of the same entity. */
export const EXPANSION_LIMIT = 60;
const EXPANSION_GROWTH = 5;

/** The most entities that a neighborhood has. */
const ENTITIES_MAX = 2_000;
/** The most entities whose statements among themselves can be asked for at once. */
const AMONG_MAX = 100;
/** The most entities that `subgraph` ties together. */
const TIED_MAX = 20;
const PATHS = 3;

/** The expansion of an entity that was last expanded with this limit, if ever. */
export function expansionOf(id: string, former: number | undefined): Addition {
  // The entity itself counts.
  const limit = former === undefined ? EXPANSION_LIMIT + 1 : (former - 1) * EXPANSION_GROWTH + 1;
  return { type: 'neighbors', of: id, limit: Math.min(limit, ENTITIES_MAX) };
}

/** The last expansion of the entity, and what the server said to it, if it did so already. */
export function lastExpansion(
  additions: readonly Addition[],
  added: readonly Added[],
  id: string,
): { limit: number; added: Added | undefined } | undefined {
  return additions
    .flatMap((addition, i) =>
      addition.type === 'neighbors' && addition.of === id ? [{ limit: addition.limit, added: added[i] }] : [],
    )
    .at(-1);
}

/** What links the first hundred of these entities. */
export function linksAmong(ids: readonly string[]): Addition {
  return { type: 'links', among: ids.slice(0, AMONG_MAX) };
}

/** @throws {ServerError} */
export async function fetchAddition(addition: Addition): Promise<Added> {
  switch (addition.type) {
    case 'neighbors': {
      const { of, limit } = addition;
      const { neighborhood } = await ask(ExpandInPictureDocument, { of, limit });
      return {
        graph: graphOf(neighborhood),
        ways: [],
        nLeftOut: leftOut(neighborhood),
        remark: cutsText(neighborhood),
      };
    }
    case 'links': {
      const among = [...addition.among];
      const areTied = among.length >= 2 && among.length <= TIED_MAX;
      const variables = { among, limit: AMONG_MAX };
      const { neighborhood, subgraph }: LinksInPictureQuery & Partial<TiesInPictureQuery> = areTied
        ? await ask(TiesInPictureDocument, variables)
        : await ask(LinksInPictureDocument, variables);
      const unconnected = subgraph?.unconnected ?? [];
      const remarks = [
        cutsText(neighborhood),
        unconnected.length > 0 && `Nothing links ${unconnected.map(({ name }) => name).join(', ')} to the others.`,
        among.length > TIED_MAX && `Links by way of others are looked for among at most ${TIED_MAX} entities.`,
        among.length === AMONG_MAX && `At most ${AMONG_MAX} entities are looked at.`,
      ];
      return {
        graph: graphOf([neighborhood, subgraph]),
        ways: [],
        nLeftOut: 0,
        remark: remarks.filter(Boolean).join(' '),
      };
    }
    case 'paths': {
      const { from, to } = addition;
      const { paths } = await ask(PathsInPictureDocument, { from, to, first: PATHS });
      const ways = paths.map(({ entities, statements, meaning, speaksOf }) => ({
        entities: entities.map(entityOf),
        statements: graphOf(statements).statements,
        meaning: meaningText(meaning, speaksOf?.name),
      }));
      return { graph: graphOf(paths), ways, nLeftOut: 0, remark: '' };
    }
  }
}

function leftOut({ cuts }: DrawnFragment): number | null {
  const [cut] = cuts;
  return cut ? (cut.nLeftOut ?? null) : 0;
}

/** What the server left out, in sentences. */
export function cutsText({ cuts }: Pick<DrawnFragment, 'cuts'>): string {
  return cuts
    .map(({ limit, nLeftOut }) => {
      switch (limit) {
        case 'ENTITIES':
          return nLeftOut ? `${counted(nLeftOut, 'more is', 'more are')} left out.` : 'More are left out.';
        case 'STATEMENTS':
          return nLeftOut
            ? `${counted(nLeftOut, 'statement is', 'statements are')} left out.`
            : 'Some statements are left out.';
        case 'VISITS':
          return 'The server stopped looking before it had seen all.';
      }
      return '';
    })
    .join(' ');
}

function meaningText(meaning: PathMeaning, speaksOf: string | undefined): string {
  const other = speaksOf ?? 'the other';
  switch (meaning) {
    case 'SUPPORT':
      return `One end speaks for ${other}.`;
    case 'OPPOSITION':
      return `One end speaks against ${other}.`;
    case 'SHARED_CONTEXT':
      return 'The ends have a subject or a place in common, nothing more.';
    case 'CONNECTION':
      return 'The ends are connected, nothing more.';
  }
  return '';
}

/** The way as one reads it: each step with the arrow's direction. */
export function stepsOf({ entities, statements }: Way) {
  const steps = [...statements.values()];
  return entities.map((entity, i) => {
    const statement = steps[i - 1];
    return { entity, statement, isForward: statement?.object === entity.id };
  });
}

/** The arrows and entities of ways, by their ids. */
export function idsOf(ways: readonly Way[]): Set<string> {
  return new Set(
    ways.flatMap(({ entities, statements }) => [
      ...entities.map(({ id }) => id),
      ...[...statements.values()].map(({ subject, predicate, object }) => arrowId(subject, predicate, object)),
    ]),
  );
}
