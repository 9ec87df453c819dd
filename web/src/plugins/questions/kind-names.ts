import type { EntityKind } from '../../graphql.generated';

/** The kinds as words of a sentence. */
export const KIND_NAMES: Readonly<Record<EntityKind, { one: string; many: string }>> = {
  CLAIM: { one: 'a claim', many: 'claims' },
  JURISDICTION: { one: 'a jurisdiction', many: 'jurisdictions' },
  LAW: { one: 'a law', many: 'laws' },
  ORGANIZATION: { one: 'an organization', many: 'organizations' },
  STUDY: { one: 'a study', many: 'studies' },
  TOPIC: { one: 'a topic', many: 'topics' },
};
