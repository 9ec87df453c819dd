/**
 * Global object identification: whatever has an `id` is a Node, and is found again by it, alone and among others.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { getNamedType, isInterfaceType, isObjectType, isRequiredArgument } from 'graphql';

import { data, publishedSchema } from '../server.js';

/** Claim, Conflict, Document, Jurisdiction, Law, Organization, Statement, Study, Topic. */
const TYPES_MIN = 9;

type Found = { __typename: string; id: string };

const schema = publishedSchema();
const node = schema.getType('Node');
const withId = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .filter((type) => String(type.getFields().id?.type).startsWith('ID'));

test('every type with an id is a Node', (t) => {
  assert.ok(isInterfaceType(node));
  const nodes = schema.getPossibleTypes(node).map(({ name }) => name);
  assert.deepEqual(withId.map(({ name }) => name).sort(), nodes.toSorted());
  t.diagnostic(`${nodes.length} types of Node`);
  assert.ok(nodes.length >= TYPES_MIN, `only ${nodes.join(', ')}`);
});

test('node and nodes find each of them', async (suite) => {
  const one: Found[] = [];
  for (const type of withId) {
    await suite.test(type.name, async () => {
      const { id } = await someOf(type.name);
      const fragment = `__typename id ... on ${type.name} { again: id }`;
      const wanted = { __typename: type.name, id, again: id };
      const asked = await data(`query ($id: ID!) { node(id: $id) { ${fragment} } }`, { id });
      assert.deepEqual(asked, { node: wanted });
      const several = await data(`query ($ids: [ID!]!) { nodes(ids: $ids) { ${fragment} } }`, { ids: [id, id] });
      assert.deepEqual(several, { nodes: [wanted, wanted] });
      one.push({ __typename: type.name, id });
    });
  }
  await suite.test('all at once, and one that is not there', async () => {
    const ids = [...one.map(({ id }) => id), 'organization/nobody-has-this-slug'];
    const asked = await data('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids });
    assert.deepEqual(asked, { nodes: [...one, null] });
  });
});

/** The first that the root lists. */
async function someOf(type: string): Promise<Found> {
  const lists = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
    (field) => getNamedType(field.type).name === `${type}Connection` && !field.args.some(isRequiredArgument),
  );
  const [list] = lists;
  assert.ok(list, `no root field lists what is of type ${type}`);
  const query = `{ list: ${list.name}(first: 1) { nodes { __typename id } } }`;
  const answer = await data<{ list: { nodes: Found[] } }>(query);
  const [first] = answer.list.nodes;
  assert.ok(first, `there is nothing of type ${type}`);
  return first;
}
