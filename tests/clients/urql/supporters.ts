/**
 * urql without React: all supporters of a law, page by page, in one list of the normalized cache.
 *
 * With React, `useQuery` in place of `client.query` is all that changes.
 */
import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { persistedExchange } from '@urql/exchange-persisted';

import type { SupportersForUrqlQueryVariables } from '../codegen/generated/examples/graphql.js';
import { graphql } from '../codegen/generated/examples/index.js';

export const SUPPORTERS = graphql(`
  query SupportersForUrql($law: String!, $first: Int!, $after: String) {
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
          hasPreviousPage
          startCursor
          endCursor
        }
      }
    }
  }
`);

/** A client for the server at `url`. `send` is how it sends, so that a test can listen. */
export function client(url: string, send: typeof fetch = fetch): Client {
  const cache = cacheExchange({
    resolvers: {
      Law: {
        // A query for a further page then tells all pages so far, as one list.
        supporters: relayPagination(),
      },
    },
  });
  // Sends the hash alone at first, and the text when the server has not seen it. POST all along.
  const byHash = persistedExchange({ preferGetForPersistedQueries: false });
  return new Client({ url, fetch: send, preferGetMethod: false, exchanges: [cache, byHash, fetchExchange] });
}

/** Everyone who supports a law, `first` at a time; null when there is no such law. */
export async function supporters(urql: Client, law: string, first: number) {
  let list = await pageOf(urql, { law, first });
  while (list?.pageInfo.hasNextPage) {
    list = await pageOf(urql, { law, first, after: list.pageInfo.endCursor });
  }
  return list;
}

async function pageOf(urql: Client, variables: SupportersForUrqlQueryVariables) {
  const { data, error } = await urql.query(SUPPORTERS, variables).toPromise();
  if (error) {
    throw error;
  }
  return data?.law?.supporters ?? null;
}
