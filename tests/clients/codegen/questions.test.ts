/**
 * The client preset of graphql-codegen types every question that the repository asks as an example, and what it makes
 * compiles with `tsc --strict`. The types say something: a program that uses an answer wrongly does not compile.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { generate } from '@graphql-codegen/cli';
import { type DocumentNode, Kind, type NameNode, parse, print, visit } from 'graphql';

import { here, repository } from '../server.js';

/** Fewer would mean that some were not found. */
const OPERATIONS_MIN = 105;
const FOLDERS = { worked: 'Worked', questions: 'Question' };

/** Inside the package, so that what is generated finds the packages that it imports. */
const generated = new URL('codegen/generated/questions/', here);
const strict = {
  compilerOptions: { strict: true, noEmit: true, target: 'es2022', module: 'nodenext', types: [] },
  include: ['.'],
};

const operations: string[] = [];

before(async () => {
  await rm(generated, { recursive: true, force: true });
  await mkdir(generated, { recursive: true });
  for (const [folder, prefix] of Object.entries(FOLDERS)) {
    const from = new URL(`tests/queries/${folder}/`, repository);
    for (const name of (await readdir(from)).filter((name) => name.endsWith('.graphql'))) {
      const document = distinct(parse(await readFile(new URL(name, from), 'utf8')), prefix + Number.parseInt(name, 10));
      await writeFile(new URL(`${prefix}-${name}`, generated), print(document));
      for (const definition of document.definitions) {
        if (definition.kind === Kind.OPERATION_DEFINITION) {
          operations.push(definition.name?.value ?? '');
        }
      }
    }
  }
  await generate({
    schema: fileURLToPath(new URL('schema/graphql/schema.graphql', repository)),
    documents: fileURLToPath(new URL('*.graphql', generated)),
    generates: { [fileURLToPath(new URL('types/', generated))]: { preset: 'client' } },
    config: { scalars: { PartialDate: 'string', DateTime: 'string' }, useTypeImports: true },
    importExtension: '.js',
    silent: true,
  });
  await writeFile(new URL('tsconfig.json', generated), JSON.stringify(strict));
});

after(() => rm(generated, { recursive: true, force: true }));

test('every question has types that compile', async (t) => {
  const types = await readFile(new URL('types/graphql.ts', generated), 'utf8');
  for (const operation of operations) {
    assert.ok(types.includes(`export type ${operation}Query = `), operation);
    assert.ok(types.includes(`export const ${operation}Document = `), operation);
  }
  assert.equal(await complaints(), '');
  t.diagnostic(`${operations.length} operations`);
  assert.ok(operations.length >= OPERATIONS_MIN, `only ${operations.length} operations`);
});

test('an answer that is used wrongly does not compile', async () => {
  const program = new URL('wrong.ts', generated);
  await writeFile(
    program,
    `import type { Worked1WhoSupportsItQuery as Answer } from './types/graphql.js';
export const isNamed = (answer: Answer): string | undefined => answer.law?.name;
export const isNoNumber = (answer: Answer): number | undefined => answer.law?.name;
export const mayBeMissing = (answer: Answer): string => answer.law.name;
export const isUnknown = (answer: Answer) => answer.lawyer;
`,
  );
  const told = await complaints();
  const lines = [...told.matchAll(/wrong\.ts\((\d+),/gu)].map(([, line]) => Number(line));
  assert.deepEqual(lines, [3, 4, 5], told);
});

/** Two questions may both have an operation `Evidence`; in one application the names must be distinct. */
function distinct(document: DocumentNode, prefix: string): DocumentNode {
  const renamed = <Named extends { name?: NameNode | undefined }>(node: Named): Named =>
    node.name ? { ...node, name: { ...node.name, value: prefix + node.name.value } } : node;
  return visit(document, { OperationDefinition: renamed, FragmentDefinition: renamed, FragmentSpread: renamed });
}

/** What the TypeScript compiler says of all that was generated; nothing when it compiles. */
function complaints(): Promise<string> {
  const compiler = fileURLToPath(new URL('node_modules/typescript/bin/tsc', here));
  const run = { cwd: fileURLToPath(generated) };
  return new Promise((resolve) => {
    execFile(process.execPath, [compiler, '-p', '.'], run, (_, stdout, stderr) => resolve(stdout + stderr));
  });
}
