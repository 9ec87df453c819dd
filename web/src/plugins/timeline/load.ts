import { type Entity, entityOf } from '../../answer/graph';
import {
  LawPositionsDocument,
  type LawPositionsQuery,
  MorePositionsDocument,
  type ToldFragment,
} from '../../graphql.generated';
import { ask, ServerError } from '../../server';

type LawOfServer = Extract<NonNullable<LawPositionsQuery['node']>, { __typename: 'Law' }>;

/** Something that happened to a law. */
export type LawEvent = LawOfServer['events'][number];

/** How an organization stands on a law on a day. */
export type StanceOnDay = LawOfServer['stances'][number];

/** What was said of one version of a law. */
export interface LawPositions {
  readonly law: Entity;
  readonly events: readonly LawEvent[];
  readonly stances: readonly StanceOnDay[];
  readonly positions: readonly ToldFragment[];
  /** All that there are, should there be more than were loaded. */
  readonly nPositions: number;
}

/** More than this of one law are not loaded. */
const POSITIONS_MAX = 1_000;

/** More versions of a law than this are not loaded. */
const LAWS_MAX = 12;

/**
 * The positions on a law, and on its versions and what it is a version of when these are wanted: the law itself first.
 * `nLeftOut` tells of how many further versions there was word; these may have versions themselves.
 *
 * @throws {ServerError} also when there is no such law.
 */
export async function positionsOn(
  law: string,
  { withVersions, on }: { withVersions: boolean; on: string | null },
  signal: AbortSignal,
): Promise<{ laws: LawPositions[]; nLeftOut: number }> {
  const laws: LawPositions[] = [];
  const leftOut = new Set<string>();
  const ids = [law];
  for (const id of ids) {
    const { node } = await ask(LawPositionsDocument, { id, on }, signal);
    if (node?.__typename !== 'Law') {
      throw new ServerError(`The server knows no law “${id}”.`);
    }
    const positions = await allPositions(id, node.statements, signal);
    const { events, stances, statements } = node;
    laws.push({ law: entityOf(node), events, stances, positions, nPositions: statements.totalCount });
    if (withVersions) {
      // The list grows while it is walked: a substitute may have a substitute.
      for (const other of [...node.versionOf.nodes, ...node.versions.nodes]) {
        if (ids.length < LAWS_MAX && !ids.includes(other.id)) {
          ids.push(other.id);
        } else if (!ids.includes(other.id)) {
          leftOut.add(other.id);
        }
      }
    }
  }
  return { laws, nLeftOut: leftOut.size };
}

async function allPositions(
  id: string,
  firstPage: LawOfServer['statements'],
  signal: AbortSignal,
): Promise<ToldFragment[]> {
  const positions = [...firstPage.nodes];
  let { pageInfo } = firstPage;
  while (pageInfo.hasNextPage && positions.length < POSITIONS_MAX) {
    const { node } = await ask(MorePositionsDocument, { id, after: pageInfo.endCursor }, signal);
    if (node?.__typename !== 'Law') {
      break;
    }
    positions.push(...node.statements.nodes);
    pageInfo = node.statements.pageInfo;
  }
  return positions;
}
