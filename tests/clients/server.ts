/** The server that the examples and suites talk to, and the repository's files that they read. */

import { readFileSync } from 'node:fs';

import { buildSchema, type GraphQLSchema } from 'graphql';

/** The address of the GraphQL API. */
export const url = process.env.GROUNDS_URL ?? 'http://127.0.0.1:8080/graphql';

/** This package's folder: one above the compiled files. */
export const here = new URL('../', import.meta.url);

/** The folder of the repository, or of the copy of it in which `cargo test` runs the suites. */
export const repository = new URL('../../', here);

/** The schema as it is published: `schema/graphql/schema.graphql`. */
export function publishedSchema(): GraphQLSchema {
  return buildSchema(readFileSync(new URL('schema/graphql/schema.graphql', repository), 'utf8'));
}

export type Answer<Data> = {
  data?: Data | null;
  errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[];
};

/** Asks the server, with nothing but `fetch`. */
export async function ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Answer<Data>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer<Data>;
}

/** The data of an answer without errors. */
export async function data<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const answer = await ask<Data>(query, variables);
  if (answer.errors || !answer.data) {
    throw new Error(`${query}\n${JSON.stringify(variables)}\n${JSON.stringify(answer.errors)}`);
  }
  return answer.data;
}
