import { expect, it } from 'vitest';

import type { Graph, Statement } from '../../../answer/graph';
import { toGraphml } from './graphml';

const statement = (id: string, isInferred: boolean, on: string | null): [string, Statement] => [
  id,
  { id, predicate: 'SUPPORTS', subject: 'organization/a', object: 'law/b', isInferred, on },
];

const graph: Graph = {
  entities: new Map([
    ['organization/a', { id: 'organization/a', kind: 'ORGANIZATION', name: 'Smith & "Sons" <est. 1\u00019>' }],
    ['law/b', { id: 'law/b', kind: 'LAW', name: 'The Act’s 🌿' }],
  ]),
  statements: new Map([
    statement('s1', false, '2026-02'),
    statement('s2', true, null),
    ['s3', { ...statement('s3', false, null)[1], object: 'law/not-there' }],
  ]),
};

it('writes entities, and each statement as an edge of its own', () => {
  const file = toGraphml(graph);
  expect(file.slice(0, 39)).toBe('<?xml version="1.0" encoding="UTF-8"?>\n');
  expect(file.slice(file.indexOf('  <graph'))).toBe(`  <graph id="answer" edgedefault="directed">
    <node id="organization:a">
      <data key="kind">ORGANIZATION</data>
      <data key="name">Smith &amp; &quot;Sons&quot; &lt;est. 1\ufffd9&gt;</data>
    </node>
    <node id="law:b">
      <data key="kind">LAW</data>
      <data key="name">The Act’s 🌿</data>
    </node>
    <edge id="s1" source="organization:a" target="law:b">
      <data key="predicate">SUPPORTS</data>
      <data key="basis">STATED</data>
      <data key="on">2026-02</data>
    </edge>
    <edge id="s2" source="organization:a" target="law:b">
      <data key="predicate">SUPPORTS</data>
      <data key="basis">INFERRED</data>
    </edge>
  </graph>
</graphml>
`);
});

it('declares every key that it uses', () => {
  // The parser of happy-dom knows of no attributes with a dot in their names.
  const file = toGraphml(graph).replaceAll(' attr.', ' attr-');
  const xml = new DOMParser().parseFromString(file, 'application/xml');
  const keys = [...xml.querySelectorAll('key')].map((key) => [key.getAttribute('id'), key.getAttribute('for')]);
  expect(keys).toEqual([
    ['kind', 'node'],
    ['name', 'node'],
    ['predicate', 'edge'],
    ['basis', 'edge'],
    ['on', 'edge'],
  ]);
  const used = new Set([...xml.querySelectorAll('data')].map((data) => data.getAttribute('key')));
  expect([...used].sort()).toEqual(keys.map(([id]) => id).sort());
  expect(xml.querySelector('node data[key="name"]')?.textContent).toBe('Smith & "Sons" <est. 1\ufffd9>');
});
