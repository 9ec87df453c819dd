/**
 * Apollo Client: all supporters of a law, page by page, in one list of the cache; and each operation sent by its hash
 * once the server has seen its text.
 */
import { createHash } from 'node:crypto';

import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { relayStylePagination } from '@apollo/client/utilities';
import { filter, firstValueFrom } from 'rxjs';

import { graphql } from '../codegen/generated/examples/index.js';

export const SUPPORTERS = graphql(`
  query SupportersForApollo($law: String!, $first: Int!, $after: String) {
    law(slug: $law) {
      id
      name
      supporters(first: $first, after: $after) {
        totalCount
        edges {
          cursor
          node {
            id
            name
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

/** A client for the server at `uri`. `send` is how it sends, so that a test can listen. */
export function client(uri: string, send: typeof fetch = fetch) {
  const byHash = new PersistedQueryLink({ sha256: (text) => createHash('sha256').update(text).digest('hex') });
  return new ApolloClient({
    link: byHash.concat(new HttpLink({ uri, fetch: send })),
    cache: new InMemoryCache({
      typePolicies: {
        Law: {
          fields: {
            // Lists of different `basis` or day are different lists; `first` and `after` only name a page of one.
            supporters: relayStylePagination(['basis', 'on']),
          },
        },
      },
    }),
  });
}

/** Everyone who supports a law, `first` at a time; null when there is no such law. */
export async function supporters(apollo: ApolloClient, law: string, first: number) {
  const watched = apollo.watchQuery({ query: SUPPORTERS, variables: { law, first } });
  // As `useQuery` does while its component is on the page: what is not watched gets no further pages.
  const watching = watched.subscribe({});
  try {
    for (;;) {
      const result = await firstValueFrom(watched.pipe(filter(({ loading }) => !loading)));
      if (result.error) {
        throw result.error;
      }
      const list = result.dataState === 'complete' ? result.data.law?.supporters : null;
      if (!list?.pageInfo.hasNextPage) {
        return list ?? null;
      }
      await watched.fetchMore({ variables: { after: list.pageInfo.endCursor } });
    }
  } finally {
    watching.unsubscribe();
  }
}
