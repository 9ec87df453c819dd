import { expect, test } from 'vitest';

import { asksSomething, variablesText } from './open-question';

test('a tab with comments only asks nothing', () => {
  expect(asksSomething('')).toBe(false);
  expect(asksSomething('# Welcome to GraphiQL\n#\n\n  # Type queries here')).toBe(false);
  expect(asksSomething('# How many?\n{ graph { nEntities } }')).toBe(true);
});

test('variables are written as an analyst would', () => {
  expect(variablesText({})).toBe('');
  expect(variablesText({ law: 'a', on: null })).toBe('{\n  "law": "a",\n  "on": null\n}');
});
