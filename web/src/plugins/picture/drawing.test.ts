import { expect, test } from 'vitest';

import { asDrawing, blank, type Change, type Drawing, type History, type Step, stepped } from './drawing';

const BEGINNING: History = { past: [], present: blank('q'), future: [] };

const EXPANSION = { type: 'neighbors', of: 'law/a', limit: 61 } as const;

/** What there is after these steps, from a blank drawing on. */
function after(...steps: Step[]): History {
  return steps.reduce(stepped, BEGINNING);
}

function drawnBy(...changes: Change[]): Drawing {
  return after(...changes).present;
}

test('every change can be undone and done again', () => {
  const changes: Change[] = [
    { type: 'layOut', layout: 'concentric', center: ['law/a'] },
    { type: 'hide', ids: ['law/b', 'law/c'] },
    { type: 'toggleKind', kind: 'TOPIC' },
    { type: 'add', addition: EXPANSION },
    { type: 'pin', id: 'law/a', x: 3.4, y: -7.6 },
    { type: 'unpin', id: 'law/a' },
    { type: 'showHidden' },
  ];
  const stages = changes.map((_, i) => drawnBy(...changes.slice(0, i)));
  let history = after(...changes);
  const end = history.present;

  for (const stage of stages.reverse()) {
    history = stepped(history, { type: 'undo' });
    expect(history.present).toEqual(stage);
  }
  expect(history.past).toEqual([]);
  for (const _ of changes) {
    history = stepped(history, { type: 'redo' });
  }
  expect(history.present).toEqual(end);
  expect(history.future).toEqual([]);
});

test('what changes nothing is no step', () => {
  const history = after({ type: 'hide', ids: ['law/a'] }, { type: 'add', addition: EXPANSION });
  const nothing: Step[] = [
    { type: 'hide', ids: ['law/a'] },
    { type: 'add', addition: { ...EXPANSION } },
    { type: 'unpin', id: 'law/b' },
    { type: 'redo' },
  ];
  for (const step of nothing) {
    expect(stepped(history, step).past).toHaveLength(2);
    expect(stepped(history, step).present).toBe(history.present);
  }
  expect(stepped(BEGINNING, { type: 'undo' })).toEqual(BEGINNING);
  expect(stepped(BEGINNING, { type: 'showHidden' })).toEqual(BEGINNING);
});

test('a new change takes the place of what was undone', () => {
  const history = after({ type: 'hide', ids: ['law/a'] }, { type: 'undo' }, { type: 'hide', ids: ['law/b'] });
  expect(history.present.hidden).toEqual(['law/b']);
  expect(history.future).toEqual([]);
});

test('a pin holds for what is added after it, and for all when a layout is chosen', () => {
  const pinned = drawnBy({ type: 'add', addition: EXPANSION }, { type: 'pin', id: 'law/a', x: 3.4, y: -7.6 });
  expect(pinned.pins).toEqual({ 'law/a': { x: 3, y: -8, after: 1 } });
  const { present } = stepped(
    { ...BEGINNING, present: pinned },
    { type: 'layOut', layout: 'hierarchical', center: [] },
  );
  expect(present.pins).toEqual({ 'law/a': { x: 3, y: -8, after: -1 } });
});

test('what is hidden when a layout is chosen gets no place, until it is shown again', () => {
  const hide: Change[] = [
    { type: 'hide', ids: ['law/a'] },
    { type: 'toggleKind', kind: 'TOPIC' },
  ];
  const layOut: Change = { type: 'layOut', layout: 'force', center: [] };
  expect(drawnBy(...hide).placedWithout).toEqual({ ids: [], kinds: [] });
  expect(drawnBy(...hide, layOut).placedWithout).toEqual({ ids: ['law/a'], kinds: ['TOPIC'] });
  expect(drawnBy(...hide, layOut, { type: 'toggleKind', kind: 'TOPIC' })).toEqual({
    ...blank('q'),
    hidden: ['law/a'],
  });
  expect(drawnBy(...hide, layOut, { type: 'showHidden' })).toEqual(blank('q'));
});

test('a drawing survives being written into a link', () => {
  const drawing = drawnBy(
    { type: 'layOut', layout: 'concentric', center: ['law/a'] },
    { type: 'pin', id: 'law/a', x: 3, y: 4 },
    { type: 'add', addition: EXPANSION },
    { type: 'add', addition: { type: 'paths', from: 'law/a', to: 'law/b' } },
    { type: 'add', addition: { type: 'links', among: ['law/a', 'law/b'] } },
  );
  expect(asDrawing(JSON.parse(JSON.stringify(drawing)))).toEqual(drawing);
});

test.each([
  null,
  7,
  [],
  {},
  { ...blank('q'), question: 1 },
  { ...blank('q'), layout: 'toString' },
  { ...blank('q'), hidden: [1] },
  { ...blank('q'), hiddenKinds: ['DOCUMENT'] },
  { ...blank('q'), pins: { 'law/a': { x: 1, y: '2', after: 0 } } },
  { ...blank('q'), placedWithout: { ids: [] } },
  { ...blank('q'), additions: [{ type: 'neighbors', of: 'law/a' }] },
  { ...blank('q'), additions: [{ type: 'elsewhere' }] },
])('%j is no drawing', (value) => {
  expect(asDrawing(value)).toBeNull();
});
