import { expect, test } from 'vitest';

import { type Graph, graphOf } from '../../answer/graph';
import { blank } from './drawing';
import {
  arrowLabel,
  arrowsAt,
  arrowsOf,
  besideOthers,
  labelOf,
  mannersOf,
  placedOf,
  roomFor,
  shownOf,
  sumOf,
} from './elements';

/** A graph of lines like "organization/a SUPPORTS law/b", with "?" at the end of what is inferred. */
function graph(...lines: string[]): Graph {
  return graphOf(
    lines.map((line, i) => {
      const [subject, predicate, object, inferred] = line.split(' ');
      return {
        id: `statement/${i}`,
        predicate,
        subject: { id: subject, name: `Name of ${subject}` },
        object: { id: object, name: `Name of ${object}` },
        basis: inferred === '?' ? 'INFERRED' : 'STATED',
      };
    }),
  );
}

test('statements with one predicate between the same two entities are one arrow', () => {
  const arrows = arrowsOf(
    graph(
      'organization/a SUPPORTS law/b',
      'organization/a OPPOSES law/b',
      'organization/a SUPPORTS law/b ?',
      'law/b SUPPORTS organization/a ?',
    ),
  );
  expect(arrows).toEqual([
    {
      id: 'organization/a SUPPORTS law/b',
      subject: 'organization/a',
      predicate: 'SUPPORTS',
      object: 'law/b',
      statements: ['statement/0', 'statement/2'],
      isInferred: false,
      isConditional: false,
    },
    {
      id: 'organization/a OPPOSES law/b',
      subject: 'organization/a',
      predicate: 'OPPOSES',
      object: 'law/b',
      statements: ['statement/1'],
      isInferred: false,
      isConditional: false,
    },
    {
      id: 'law/b SUPPORTS organization/a',
      subject: 'law/b',
      predicate: 'SUPPORTS',
      object: 'organization/a',
      statements: ['statement/3'],
      isInferred: true,
      isConditional: false,
    },
  ]);
  expect(arrows.map(arrowLabel)).toEqual(['supports ×2', 'opposes', 'supports (inferred)']);
});

/** Statements of AKA on the act, each narrowed in its way. */
function narrowed(...ways: Record<string, unknown>[]): Graph {
  const ends = { subject: { id: 'organization/aka', name: 'AKA' }, object: { id: 'law/act', name: 'Act' } };
  return graphOf(ways.map((way, i) => ({ id: `statement/${i}`, predicate: 'OPPOSES', ...ends, ...way })));
}

test.each([
  [[{ condition: 'unless amended' }], 'opposes (conditionally)', 'unless amended'],
  [
    [{ condition: 'if amended', basis: 'INFERRED' }],
    'opposes (conditionally, inferred)',
    'if amended, inferred, not stated',
  ],
  [[{ condition: 'if amended' }, {}], 'opposes ×2', 'if amended'],
  [
    [{ aspect: { name: 'Safety' }, on: '2026' }, { aspect: { name: 'Labels' } }],
    'opposes ×2',
    'as to Safety, on 2026; as to Labels',
  ],
  [['2020', '2021', '2022', '2023', '2024'].map((on) => ({ on })), 'opposes ×5', 'on 2020; on 2021; on 2022; 2 more'],
  [[{}, {}], 'opposes ×2', ''],
])('an arrow of %j is labelled “%s”, and listed with “%s”', (ways, label, manners) => {
  const graph = narrowed(...ways);
  const [arrow] = arrowsOf(graph);
  expect(arrow && [arrowLabel(arrow), mannersOf(arrow, graph)]).toEqual([label, manners]);
});

test('arrows are curved only where they would lie over others', () => {
  const arrows = arrowsOf(
    graph('law/a AMENDS law/b', 'law/b REPEALS law/a', 'law/a AMENDS law/c', 'law/d VERSION_OF law/d'),
  );
  expect([...besideOthers(arrows)]).toEqual(['law/a AMENDS law/b', 'law/b REPEALS law/a', 'law/d VERSION_OF law/d']);
});

test('an arrow from an entity to itself touches it once', () => {
  const touching = arrowsAt(arrowsOf(graph('law/a AMENDS law/b', 'law/b AMENDS law/b')));
  expect([...touching].map(([id, arrows]) => [id, arrows.length])).toEqual([
    ['law/a', 1],
    ['law/b', 2],
  ]);
});

test('with an entity or a kind its statements are hidden', () => {
  const whole = graph('organization/a SUPPORTS law/b', 'law/b ABOUT topic/c', 'organization/d ASSERTS claim/e');
  expect(sumOf(whole)).toBe('5 entities and 3 statements');
  const shown = shownOf(whole, { ...blank('q'), hidden: ['organization/a'], hiddenKinds: ['TOPIC'] });
  expect([...shown.entities.keys()]).toEqual(['law/b', 'organization/d', 'claim/e']);
  expect([...shown.statements.keys()]).toEqual(['statement/2']);
  expect(sumOf(shown)).toBe('3 entities and 1 statement');

  const placed = placedOf(whole, { ...blank('q'), placedWithout: { ids: [], kinds: ['CLAIM'] } });
  expect([...placed.entities.keys()]).toEqual(['organization/a', 'law/b', 'topic/c', 'organization/d']);
});

test.each([
  ['Access', 'Access'],
  ['Washington Poison Center', 'Washington Poison\nCenter'],
  ['SB 6287 (Washington, 2025-26): Kratom products', 'SB 6287 (Washington,\n2025-26): Kratom\nproducts'],
  [
    'Washington Association for Substance misuse And Violence Prevention',
    'Washington Association\nfor Substance misuse\nAnd Violence…',
  ],
  ['https://example.org/a-long-address', 'https://example.org/a-\nlong-address'],
])('the label of “%s” has at most three lines', (name, label) => {
  expect(labelOf(name)).toBe(label);
});

test('an entity takes the room of its label, which stands below it', () => {
  const room = (name: string) => roomFor({ id: 'law/a', kind: 'LAW', name });
  expect(room('A')).toEqual({ id: 'law/a', width: 30, height: 47, offset: { x: 0, y: 9 } });
  expect(room('Washington Association for Substance')).toEqual({
    id: 'law/a',
    width: 136,
    height: 60,
    offset: { x: 0, y: 15 },
  });
});
