/**
 * Writes `src/graphql.generated.ts`: a typed document for each operation and fragment in `src/`, held against the
 * schema that the server publishes. An operation that does not fit the schema is an error that names it.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { parse } from 'graphql';

const SOURCES = fileURLToPath(new URL('../src', import.meta.url));
const SCHEMA = fileURLToPath(new URL('../../schema/graphql/schema.graphql', import.meta.url));
const GENERATED = join(SOURCES, 'graphql.generated.ts');

const names = (await readdir(SOURCES, { recursive: true })).filter((name) => name.endsWith('.graphql')).sort();
const documents = await Promise.all(
  names.map(async (name) => ({
    location: name,
    document: parse(await readFile(join(SOURCES, name), 'utf8')),
  })),
);

const code = await codegen({
  filename: GENERATED,
  schema: parse(await readFile(SCHEMA, 'utf8')),
  documents,
  config: {
    useTypeImports: true,
    dedupeFragments: true,
    scalars: { ID: 'string', PartialDate: 'string', DateTime: 'string' },
    defaultScalarType: 'unknown',
  },
  plugins: [{ typescriptOperations: {} }, { typedDocumentNode: {} }],
  pluginMap: { typescriptOperations, typedDocumentNode },
});
// An unchanged file keeps its date, so that nothing is built anew for it.
const present = await readFile(GENERATED, 'utf8').catch(() => null);
if (present !== code) {
  await writeFile(GENERATED, code);
}
console.log(`${names.length} documents fit the schema`);
