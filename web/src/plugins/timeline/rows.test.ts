import { expect, test } from 'vitest';

import type { Predicate, ToldFragment } from '../../graphql.generated';
import type { LawPositions, StanceOnDay } from './load';
import { rowsOf } from './rows';
import { told } from './told.fixture';

const LAW = { id: 'law/l', kind: 'LAW', name: 'the law' } as const;

function organization(name: string) {
  return { __typename: 'Organization', id: `organization/${name.toLowerCase()}`, kind: 'ORGANIZATION', name } as const;
}

function said(who: string, predicate: Predicate, more: Partial<ToldFragment> = {}): ToldFragment {
  const id = `${who} ${predicate} ${JSON.stringify(more)}`;
  return { ...told({ id, subject: organization(who), predicate, object: { __typename: 'Law', ...LAW } }), ...more };
}

function stance(who: string, stance: StanceOnDay['stance'], more: Partial<StanceOnDay> = {}): StanceOnDay {
  return { organization: organization(who), stance, aspect: null, conditional: false, ...more };
}

function rows(positions: ToldFragment[], stances: StanceOnDay[] = []) {
  const law: LawPositions = { law: LAW, events: [], stances, positions, nPositions: positions.length };
  return rowsOf(law);
}

test('who spoke first comes first; who is not dated comes last, by name', () => {
  const positions = [
    said('Zed', 'SUPPORTS'),
    said('Late', 'SUPPORTS', { on: '2026-02-06' }),
    said('Early', 'OPPOSES', { on: '2026-03' }),
    said('Early', 'SUPPORTS', { on: '2025' }),
    said('Anna', 'OPPOSES'),
    said('Since', 'OPPOSES', { from: '2019' }),
  ];
  expect(rows(positions).map(({ organization }) => organization.name)).toEqual([
    'Since',
    'Early',
    'Late',
    'Anna',
    'Zed',
  ]);
});

test('for and against on one day are one mark', () => {
  const day = { on: '2026-01-27', venue: 'SIGN_IN' } as const;
  const [row] = rows([said('Food', 'SUPPORTS', day), said('Food', 'OPPOSES', day)], [stance('Food', 'MIXED')]);
  expect(row?.dated.map(({ name }) => name)).toEqual(['Food supports and opposes the law, 2026-01-27, sign in']);
  expect(row?.undated).toBeNull();
  expect(row?.stance).toBe('mixed');
});

test.each<[Partial<ToldFragment>, string]>([
  [{}, 'A is neutral on the law, undated'],
  [{ on: '2019-12', basis: 'INFERRED' }, 'A is neutral on the law, 2019-12, inferred, not stated'],
  [{ from: '2019', until: '2020-05' }, 'A is neutral on the law, from 2019 until 2020-05'],
  [{ on: '2024', voice: 'MEMBER', condition: 'if amended' }, 'A is neutral on the law, 2024, if amended, by a member'],
  [{ condition: 'unless amended' }, 'A is neutral on the law, undated, unless amended'],
])('%j is told as “%s”', (more, name) => {
  const [row] = rows([said('A', 'NEUTRAL_ON', more)]);
  expect([row?.undated, ...(row?.dated ?? [])].flatMap((mark) => (mark ? [mark.name] : []))).toEqual([name]);
});

test('what was said in different manners on one day is told one by one', () => {
  const positions = [
    said('A', 'SUPPORTS', { on: '2026-01-27', venue: 'TESTIMONY' }),
    said('A', 'OPPOSES', { on: '2026-01-27', venue: 'SIGN_IN' }),
  ];
  expect(rows(positions)[0]?.dated[0]?.name).toBe(
    'A supports and opposes the law, 2026-01-27: supports, testimony; opposes, sign in',
  );
});

test('a stance that is not known is not called neutral', () => {
  const labels = { __typename: 'Topic', id: 'topic/labels', kind: 'TOPIC', name: 'Labels' } as const;
  const positions = [said('A', 'SUPPORTS'), said('B', 'SUPPORTS')];
  const stances = [stance('B', 'SUPPORT', { conditional: true }), stance('B', 'OPPOSE', { aspect: labels })];
  expect(rows(positions, stances).map((row) => row.stance)).toEqual([
    'none known',
    'supports, under a condition; opposes, as to Labels',
  ]);
});

test('only a month or a year is a period, and only what is told is held', () => {
  const marks = rows([
    said('A', 'SUPPORTS', { on: '2026-01-27' }),
    said('A', 'SUPPORTS', { on: '2026-02' }),
    said('A', 'SUPPORTS', { from: '2026-03' }),
  ]).flatMap(({ dated }) => dated);
  const at = (date: string) => new Date(date).getTime();
  expect(marks.map(({ period, held }) => ({ period, held }))).toEqual([
    { period: null, held: null },
    { period: { start: at('2026-02-01'), end: at('2026-03-01') }, held: null },
    { period: null, held: { start: { start: at('2026-03-01'), end: at('2026-04-01') }, end: null } },
  ]);
});
