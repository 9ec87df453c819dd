/** The published schema and the operations that readers are shown keep to @graphql-eslint: `eslint.config.mjs`. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { ESLint } from 'eslint';

import { here, repository } from '../server.js';

const SCHEMA = 'schema/graphql/schema.graphql';
const EXAMPLE = 'tests/clients/built/apollo/supporters.js';
const OPERATIONS = [
  'tests/queries/{worked,questions}/*.graphql',
  'web/src/**/*.graphql',
  'tests/clients/built/{apollo,urql}/supporters.js',
];
/** Fewer would mean that files or rules were not found. */
const OPERATION_FILES_MIN = 114;
const SCHEMA_RULES_MIN = 28;
const OPERATION_RULES_MIN = 32;

const eslint = new ESLint({
  cwd: fileURLToPath(repository),
  overrideConfigFile: fileURLToPath(new URL('eslint/eslint.config.mjs', here)),
  // A comment that turns a rule off would be a violation without a reason in the configuration.
  allowInlineConfig: false,
});

test('the published schema', async (t) => {
  const nRules = await rulesFor(SCHEMA);
  const results = await eslint.lintFiles([SCHEMA]);
  assert.equal(await complaints(results), '');
  assert.equal(results.length, 1);
  t.diagnostic(`${nRules} rules`);
  assert.ok(nRules >= SCHEMA_RULES_MIN, `only ${nRules} rules`);
});

test('operations that readers are shown', async (t) => {
  const nRules = await rulesFor(`${EXAMPLE}/0_document.graphql`);
  const results = await eslint.lintFiles(OPERATIONS);
  assert.equal(await complaints(results), '');
  t.diagnostic(`${nRules} rules over ${results.length} files`);
  assert.ok(results.length >= OPERATION_FILES_MIN, `only ${results.length} files`);
  assert.ok(nRules >= OPERATION_RULES_MIN, `only ${nRules} rules`);
});

test('the linter would have seen a violation', async () => {
  const filePath = fileURLToPath(new URL('tests/queries/worked/19-graph.graphql', repository));
  const [result] = await eslint.lintText('query GetIt { graph { nothing } }', { filePath });
  const rules = result?.messages.map(({ ruleId }) => ruleId);
  assert.deepEqual(rules?.toSorted(), ['@graphql-eslint/fields-on-correct-type', '@graphql-eslint/naming-convention']);

  const withoutId = (await readFile(new URL(EXAMPLE, repository), 'utf8')).replace(/^ +id\n/mu, '');
  const [example] = await eslint.lintText(withoutId, { filePath: fileURLToPath(new URL(EXAMPLE, repository)) });
  assert.deepEqual(
    example?.messages.map(({ ruleId }) => ruleId),
    ['@graphql-eslint/require-selections'],
  );
});

/** How many rules are on for a file. */
async function rulesFor(file: string): Promise<number> {
  const config = await eslint.calculateConfigForFile(fileURLToPath(new URL(file, repository)));
  return Object.values<[number]>(config.rules).filter(([severity]) => severity > 0).length;
}

async function complaints(results: ESLint.LintResult[]): Promise<string> {
  return (await eslint.loadFormatter('stylish')).format(results);
}
