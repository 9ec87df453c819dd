/**
 * Relay's compiler takes the published schema and a paginated fragment for every connection in it; and the operations
 * that the compiler makes of them page through real lists from the first item to the last.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { isInterfaceType } from 'graphql';

import { data, here, publishedSchema, repository } from '../server.js';
import { type Connection, connections, relayModule } from './fragments.js';

/** Fewer would mean that some were not found. */
const CONNECTIONS_MIN = 115;
/** How many of them must hold something in the built-in corpora, so that there is something to page through. */
const FILLED_MIN = 97;
/** After the first page of two, a list is asked for in so many pages, unless it needs more because they are full. */
const PAGES = 5;
const PAGE_MAX = 100;

/** What the connections and ways that need an argument are asked with. */
const ARGUMENTS: Record<string, Record<string, unknown>> = {
  'Query.search': { query: 'kratom' },
  'Query.timeline': { of: 'organization/american-kratom-association' },
  'Impact.restsOnItAlone': { of: 'document/advocacy-groups-2025', assume: 'WITHDRAWN' },
  'Community.entities': { entity: 'organization/american-kratom-association' },
};

type Page = {
  totalCount: number;
  edges: { cursor: string; node: { __typename: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
};

const all = connections(publishedSchema());
const nameOf = ({ parent, field }: Connection) => `${parent.name}.${field.name}`;

let folder: string;
let told: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grounds-relay-'));
  await mkdir(join(folder, 'src'));
  await cp(new URL('schema/graphql/schema.graphql', repository), join(folder, 'schema.graphql'));
  await writeFile(join(folder, 'src/Connections.js'), relayModule(all));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  const settings = { src: './src', schema: './schema.graphql', language: 'javascript', eagerEsModules: true };
  await writeFile(join(folder, 'relay.config.json'), JSON.stringify(settings));
  const compiler = fileURLToPath(new URL('node_modules/relay-compiler/cli.js', here));
  const run = promisify(execFile)(process.execPath, [compiler, '--noWatchman'], { cwd: folder });
  const { stdout, stderr } = await run.catch((failure) => ({ stdout: String(failure.stdout), stderr: String(failure) }));
  told = stdout + stderr;
});

after(() => rm(folder, { recursive: true, force: true }));

test('Relay compiles a fragment of every connection', (t) => {
  assert.match(told, /Done/u, told);
  assert.doesNotMatch(told, /error/iu, told);
  const nRefetchable = all.filter(({ isRefetchable }) => isRefetchable).length;
  t.diagnostic(`${all.length} connections, ${nRefetchable} of them refetchable`);
  assert.ok(all.length >= CONNECTIONS_MIN, `only ${all.length} connections were found`);
});

test("Relay's operations page through every connection", async (suite) => {
  let nFilled = 0;
  for (const connection of all.filter(({ parent }) => !isInterfaceType(parent))) {
    await suite.test(nameOf(connection), async () => {
      const variables = { ...ARGUMENTS[nameOf(connection)], ...(await fullestParent(connection)) };
      const nItems = await pageThrough(connection, variables);
      nFilled += nItems > 0 ? 1 : 0;
    });
  }
  suite.diagnostic(`${nFilled} connections hold something`);
  assert.ok(nFilled >= FILLED_MIN, `only ${nFilled} connections hold something`);
});

/** Pages through it as Relay would, and gives back how many items the whole list has. */
async function pageThrough(connection: Connection, variables: Record<string, unknown>): Promise<number> {
  const artifact = join(folder, `src/__generated__/${connection.operation}.graphql.js`);
  const { default: compiled } = await import(pathToFileURL(artifact).href);
  const cursors = new Set<string>();
  let nItems = 0;
  let cursor: string | null = null;
  let count = 2;
  for (;;) {
    const answer: unknown = await data(compiled.params.text, { ...variables, count, cursor });
    const page = theConnection(answer, connection);
    assert.ok(page, `there is no page in ${JSON.stringify(answer)}`);
    assert.ok(page.edges.length <= count);
    assert.ok(page.edges.length > 0 || page.totalCount === 0, 'every page has something on it');
    nItems += page.edges.length;
    for (const edge of page.edges) {
      cursors.add(edge.cursor);
    }
    assert.equal(cursors.size, nItems, 'no item comes twice');
    assert.equal(page.pageInfo.hasNextPage, nItems < page.totalCount);
    assert.equal(page.pageInfo.endCursor, page.edges.at(-1)?.cursor ?? null);
    // A list within a list has no next page of its own: one cursor would be handed to all of them.
    if (!page.pageInfo.hasNextPage || !connection.isRefetchable) {
      return page.totalCount;
    }
    cursor = page.pageInfo.endCursor;
    count = Math.max(2, Math.min(PAGE_MAX, Math.ceil(page.totalCount / PAGES)));
  }
}

/** The `id` of the entity, document, statement … whose list is longest, for lists that hang on one. */
async function fullestParent({ parent, field, isRefetchable }: Connection): Promise<{ id?: string }> {
  if (!isRefetchable || parent.name === 'Query') {
    return {};
  }
  const root = Object.values(publishedSchema().getQueryType()?.getFields() ?? {}).find(
    ({ type }) => String(type) === `${parent.name}Connection!`,
  );
  assert.ok(root, `no root field lists what is of type ${parent.name}`);
  const list = `{ list: ${root.name}(first: 100) { nodes { id it: ${field.name}(first: 0) { totalCount } } } }`;
  const { list: found } = await data<{ list: { nodes: { id: string; it: { totalCount: number } }[] } }>(list);
  const [fullest] = found.nodes.sort((a, b) => b.it.totalCount - a.it.totalCount);
  assert.ok(fullest, `there is nothing of type ${parent.name}`);
  return { id: fullest.id };
}

/** The page in an answer, wherever in it the connection is; of several the first. */
function theConnection(answer: unknown, connection: Connection): Page | undefined {
  if (typeof answer !== 'object' || answer === null) {
    return undefined;
  }
  const found = (answer as Record<string, unknown>)[connection.field.name];
  if (typeof found === 'object' && found !== null && 'pageInfo' in found) {
    return found as Page;
  }
  for (const inner of Object.values(answer)) {
    const deeper = theConnection(inner, connection);
    if (deeper) {
      return deeper;
    }
  }
  return undefined;
}
