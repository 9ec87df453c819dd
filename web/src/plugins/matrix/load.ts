import type { Entity } from '../../answer/graph';
import {
  AgreementOfTwoDocument,
  type AgreementOfTwoQuery,
  AgreementsDocument,
  type AgreementsQuery,
} from '../../graphql.generated';
import { ask } from '../../server';

/** More organizations than this the server does not compare. */
export const ORGANIZATIONS_MAX = 50;
/** So many of an answer are compared unasked. */
const PRESET = 12;

/** How two organizations agree, in numbers. */
export type Agreement = AgreementsQuery['agreement'][number];

/** What two organizations both spoke on. */
export type AgreementOfTwo = AgreementOfTwoQuery['agreement'][number];
export type Shared = AgreementOfTwo['alike'][number];

/** Agreements by their pairs, whichever of the two is named first. */
export class Agreements {
  readonly #byPair: ReadonlyMap<string, Agreement>;

  constructor(agreements: readonly Agreement[]) {
    this.#byPair = new Map(agreements.map((agreement) => [pair(agreement.a.id, agreement.b.id), agreement]));
  }

  of(a: string, b: string): Agreement | undefined {
    return this.#byPair.get(pair(a, b));
  }
}

function pair(a: string, b: string): string {
  return [a, b].sort().join(' ');
}

export async function agreementsOf(
  ids: readonly string[],
  on: string | null,
  signal: AbortSignal,
): Promise<Agreements> {
  const { agreement } = await ask(AgreementsDocument, { organizations: [...ids], on }, signal);
  return new Agreements(agreement);
}

/** Which of the organizations of an answer are shown; `null` when all are. */
export function choiceText({ organizations, nFound, nCandidates }: Preset): string | null {
  if (organizations.length === nFound) {
    return null;
  }
  const those =
    nCandidates === nFound ? 'those that share most.' : `of the first ${nCandidates}, those that share most.`;
  return `${organizations.length} of ${nFound} organizations of the answer: ${those}`;
}

export async function agreementOf(a: string, b: string, on: string | null, signal: AbortSignal) {
  const { agreement } = await ask(AgreementOfTwoDocument, { organizations: [a, b], on }, signal);
  return agreement[0] ?? null;
}

/** Organizations that are compared unasked, and of how many they were chosen. */
export interface Preset {
  readonly organizations: readonly Entity[];
  readonly nFound: number;
  /** How many of those were looked at. */
  readonly nCandidates: number;
}

/** Of many organizations, those that share the most matters with the others, as they come. */
export async function mostSharing(organizations: readonly Entity[], signal: AbortSignal): Promise<Preset> {
  const nFound = organizations.length;
  if (nFound <= PRESET) {
    return { organizations, nFound, nCandidates: nFound };
  }
  const candidates = organizations.slice(0, ORGANIZATIONS_MAX);
  const { agreement } = await ask(
    AgreementsDocument,
    { organizations: candidates.map(({ id }) => id), on: null },
    signal,
  );
  const nShared = new Map<string, number>();
  for (const { a, b, nShared: n } of agreement) {
    nShared.set(a.id, (nShared.get(a.id) ?? 0) + n);
    nShared.set(b.id, (nShared.get(b.id) ?? 0) + n);
  }
  const shares = ({ id }: Entity) => nShared.get(id) ?? 0;
  const most = new Set([...candidates].sort((a, b) => shares(b) - shares(a)).slice(0, PRESET));
  return {
    organizations: candidates.filter((organization) => most.has(organization)),
    nFound,
    nCandidates: candidates.length,
  };
}
