/** What subscribers are told while another process imports, the same over either transport. */
import assert from 'node:assert/strict';

import { importOrganization } from './imports.js';
import {
  ENTITY_CHANGED,
  type EntityChanged,
  GRAPH_CHANGED,
  type GraphChanged,
  NOW,
  type Now,
  nextOf,
} from './subscriptions.js';

type Result<Data> = { data?: Data | null; errors?: readonly { message: string }[] };

/** The part that the clients graphql-ws and graphql-sse have in common. */
export type LiveClient = {
  iterate<Data>(operation: {
    query: string;
    variables?: Record<string, unknown>;
  }): AsyncIterableIterator<Result<Data>>;
};

export async function now(client: LiveClient): Promise<Now['graph']> {
  return (await nextOf(client.iterate<Now>({ query: NOW }))).graph;
}

/** Two subscriptions to the graph, one to an organization that comes, is renamed and goes, and queries between. */
export async function watchAnOrganization(client: LiveClient, slug: string): Promise<void> {
  const id = `organization/${slug}`;
  const before = await now(client);
  // With `since` nothing is missed, however long it takes until the server has heard of the subscription.
  const since = before.revision;
  const graph = client.iterate<GraphChanged>({ query: GRAPH_CHANGED, variables: { since } });
  const another = client.iterate<GraphChanged>({ query: GRAPH_CHANGED, variables: { since } });
  const entity = client.iterate<EntityChanged>({ query: ENTITY_CHANGED, variables: { id, since } });
  const first = [nextOf(graph), nextOf(another), nextOf(entity)] as const;

  await importOrganization(slug, 'Ferry Guild');
  const [told, toldAgain, added] = await Promise.all(first);
  const version = told.graphChanged.version;
  assert.ok(version > since, `${version} comes after ${since}`);
  assert.equal(told.graphChanged.graph.nEntities, before.nEntities + 1);
  assert.deepEqual(toldAgain, told);
  assert.equal(added.entityChanged.version, version);
  // CHANGED for who was heard of after the import: that it was not there at `since` the server no longer knows.
  assert.ok(['ADDED', 'CHANGED'].includes(added.entityChanged.change));
  assert.deepEqual(added.entityChanged.entity, { id, name: 'Ferry Guild' });
  assert.deepEqual(await now(client), { revision: version, nEntities: before.nEntities + 1 });

  await another.return?.();
  await importOrganization(slug, 'Guild of Ferries');
  const renamed = (await nextOf(entity)).entityChanged;
  assert.equal(renamed.change, 'CHANGED');
  assert.deepEqual(renamed.entity, { id, name: 'Guild of Ferries' });
  assert.equal((await nextOf(graph)).graphChanged.version, renamed.version);

  await importOrganization(slug, null);
  const gone = (await nextOf(entity)).entityChanged;
  assert.deepEqual([gone.change, gone.entity], ['REMOVED', null]);
  assert.equal((await nextOf(graph)).graphChanged.graph.nEntities, before.nEntities);

  await graph.return?.();
  await entity.return?.();
}
