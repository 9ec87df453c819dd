import { expect, test } from 'vitest';

import { qualifiersOf } from './qualifiers';

test('all that narrows a statement is told, a condition as it stands', () => {
  expect(
    qualifiersOf({
      aspect: { name: 'Labels' },
      on: '2026-01-27',
      from: '2024',
      until: '2025-03',
      condition: 'unless risks are shown',
      venue: 'SIGN_IN',
      voice: 'MEMBER',
      basis: 'INFERRED',
      certainty: 'VERY_LOW',
    }),
  ).toEqual([
    'as to Labels',
    'on 2026-01-27',
    'from 2024',
    'until 2025-03',
    'unless risks are shown',
    'sign in',
    'by a member',
    'inferred, not stated',
    'very low certainty',
  ]);
});

test('what is plainly stated has none', () => {
  expect(qualifiersOf({ aspect: null, on: null, condition: '', voice: null, basis: 'STATED' })).toEqual([]);
});
