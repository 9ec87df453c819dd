import type { ToldFragment } from '../../graphql.generated';

/** What nothing more is told of, but who says what of which law. */
export function told(told: Pick<ToldFragment, 'id' | 'subject' | 'predicate' | 'object'>): ToldFragment {
  return {
    __typename: 'Statement',
    basis: 'STATED',
    on: null,
    from: null,
    until: null,
    aspect: null,
    certainty: null,
    condition: null,
    venue: null,
    voice: null,
    note: null,
    citations: [],
    ...told,
  };
}
