/** The operations of the examples, and what they are answered. */

export const GRAPH_CHANGED = `
  subscription GraphChanged($since: Int) {
    graphChanged(since: $since) {
      version
      graph {
        nEntities
      }
    }
  }
`;

export const ENTITY_CHANGED = `
  subscription EntityChanged($id: ID!, $since: Int) {
    entityChanged(id: $id, since: $since) {
      version
      change
      entity {
        id
        name
      }
    }
  }
`;

export const NOW = 'query Now { graph { revision nEntities } }';

export type GraphChanged = { graphChanged: { version: number; graph: { nEntities: number } } };
export type EntityChanged = {
  entityChanged: {
    version: number;
    change: 'ADDED' | 'CHANGED' | 'REMOVED';
    entity: { id: string; name: string } | null;
  };
};
export type Now = { graph: { revision: number; nEntities: number } };

type Result<Data> = { data?: Data | null | undefined; errors?: readonly { message: string }[] | undefined };

/** The data of the next event. */
export async function nextOf<Data>(events: AsyncIterator<Result<Data>>): Promise<Data> {
  const { value, done } = await events.next();
  if (done || value.errors || !value.data) {
    throw new Error(`no event: ${JSON.stringify(value)}`);
  }
  return value.data;
}
