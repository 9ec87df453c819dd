import { expect, it } from 'vitest';

import type { Graph, Statement } from '../../../answer/graph';
import { toGraphml } from './graphml';

const unqualified = { aspect: null, from: null, until: null, condition: null, voice: null };
const statement = (id: string, isInferred: boolean, on: string | null): [string, Statement] => [
  id,
  { id, predicate: 'SUPPORTS', subject: 'organization/a', object: 'law/b', isInferred, on, ...unqualified },
];

const graph: Graph = {
  entities: new Map([
    ['organization/a', { id: 'organization/a', kind: 'ORGANIZATION', name: 'Smith & "Sons" <est. 1\u00019>' }],
    ['law/b', { id: 'law/b', kind: 'LAW', name: 'The Act’s 🌿' }],
  ]),
  statements: new Map([
    statement('s1', false, '2026-02'),
    statement('s2', true, null),
    [
      's4',
      {
        ...statement('s4', false, '2026')[1],
        aspect: 'Labels',
        from: '2024',
        until: '2025-03',
        condition: 'unless < 5 mg',
        voice: 'MEMBER',
      },
    ],
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
    <edge id="s4" source="organization:a" target="law:b">
      <data key="predicate">SUPPORTS</data>
      <data key="basis">STATED</data>
      <data key="aspect">Labels</data>
      <data key="on">2026</data>
      <data key="from">2024</data>
      <data key="until">2025-03</data>
      <data key="condition">unless &lt; 5 mg</data>
      <data key="voice">MEMBER</data>
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
    ['aspect', 'edge'],
    ['on', 'edge'],
    ['from', 'edge'],
    ['until', 'edge'],
    ['condition', 'edge'],
    ['voice', 'edge'],
  ]);
  const used = new Set([...xml.querySelectorAll('data')].map((data) => data.getAttribute('key')));
  expect([...used].sort()).toEqual(keys.map(([id]) => id).sort());
  expect(xml.querySelector('node data[key="name"]')?.textContent).toBe('Smith & "Sons" <est. 1\ufffd9>');
});
