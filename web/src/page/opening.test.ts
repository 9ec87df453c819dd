import { StorageAPI } from '@graphiql/toolkit';
import { beforeEach, expect, test } from 'vitest';
import { panelStates } from '../question/panel-state';
import { mayRun, openingOf } from './opening';
import { hashOf } from './permalink';

beforeEach(() => {
  localStorage.clear();
  panelStates.set({});
});

test('who comes for the first time is asked a question for, with its picture', async () => {
  const storage = new StorageAPI();
  const opening = await openingOf('', storage);
  expect(opening.question?.query).toContain('query WhoIsForItOnTheDay');
  expect(opening.runs).toBe(true);
  expect(storage.get('visiblePlugin')).toBe('Picture');
});

test('who comes again finds everything as it was left', async () => {
  const storage = new StorageAPI();
  storage.set('tabState', '{"activeTabIndex":0,"tabs":[]}');
  storage.set('visiblePlugin', 'Table');
  expect(await openingOf('', storage)).toMatchObject({ question: null, operationName: null, runs: false });
  expect(storage.get('visiblePlugin')).toBe('Table');
});

test('a link decides on the question, the panel and the panels’ states', async () => {
  const storage = new StorageAPI();
  storage.set('tabState', '{"activeTabIndex":0,"tabs":[]}');
  storage.set('visiblePlugin', 'Table');
  const link = { query: '{ a }', variables: '{}', operationName: null, panel: null, panelStates: { picture: [1] } };
  const opening = await openingOf(await hashOf(link), storage);
  expect(opening).toMatchObject({ question: link, operationName: null, runs: true });
  expect(storage.get('visiblePlugin')).toBeNull();
  expect(panelStates.get()).toEqual({ picture: [1] });
});

test('a link asks by itself only what changes nothing', () => {
  const cases: [query: string, operationName: string | null, runs: boolean][] = [
    ['{ a }', null, true],
    ['query A { a }', 'A', true],
    ['mutation A { a }', 'A', false],
    ['subscription A { a }', 'A', false],
    ['query A { a } mutation B { b }', 'A', true],
    ['query A { a } mutation B { b }', 'B', false],
    // GraphiQL asks the first one then.
    ['mutation B { b } query A { a }', null, false],
    ['mutation B { b } query A { a }', 'C', false],
    ['fragment F on T { a }', null, false],
    ['{ a', null, false],
    ['', null, false],
  ];
  for (const [query, operationName, runs] of cases) {
    expect(mayRun({ query, operationName }), query).toBe(runs);
  }
});
