import type { Graph } from '../../../answer/graph';
import { xml } from './xml';

/** What the type NMTOKEN, of which GraphML's ids are, does not allow. */
const NO_TOKEN = /[^\p{L}\p{N}._:-]/gu;

/** Without these, another program would take what holds of a part, or under a condition, for a fact on the whole. */
const QUALIFIERS = ['aspect', 'on', 'from', 'until', 'condition', 'voice'] as const;

/**
 * The graph in GraphML: entities with kind and name, statements with predicate, basis and all that narrows them.
 *
 * Several statements between the same two entities are several edges, each with the statement's id. Ids have colons for
 * slashes, which GraphML does not allow in them.
 */
export function toGraphml({ entities, statements }: Graph): string {
  const nodes = [...entities.values()].map(
    ({ id, kind, name }) => `    <node id="${token(id)}">\n${data('kind', kind)}${data('name', name)}    </node>\n`,
  );
  const edges = [...statements.values()]
    .filter(({ subject, object }) => entities.has(subject) && entities.has(object))
    .map(
      ({ id, predicate, subject, object, isInferred, ...statement }) =>
        `    <edge id="${token(id)}" source="${token(subject)}" target="${token(object)}">\n` +
        `${data('predicate', predicate)}${data('basis', isInferred ? 'INFERRED' : 'STATED')}` +
        `${QUALIFIERS.map((key) => data(key, statement[key])).join('')}    </edge>\n`,
    );
  return `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
  <key id="kind" for="node" attr.name="kind" attr.type="string"/>
  <key id="name" for="node" attr.name="name" attr.type="string"/>
  <key id="predicate" for="edge" attr.name="predicate" attr.type="string"/>
  <key id="basis" for="edge" attr.name="basis" attr.type="string"/>
${QUALIFIERS.map((key) => `  <key id="${key}" for="edge" attr.name="${key}" attr.type="string"/>\n`).join('')}  <graph id="answer" edgedefault="directed">
${nodes.join('')}${edges.join('')}  </graph>
</graphml>
`;
}

function data(key: string, value: string | null): string {
  return value === null ? '' : `      <data key="${key}">${xml(value)}</data>\n`;
}

function token(id: string): string {
  return id.replace(NO_TOKEN, ':');
}
