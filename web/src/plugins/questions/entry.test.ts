import { expect, test } from 'vitest';

import { type Entry, entryOf, problemWith, valueFrom } from './entry';
import type { Control, Variable } from './variables';

function variable(control: Control, isRequired = false): Variable {
  return { name: 'a', label: 'A', help: '', isRequired, initial: null, control };
}

const DATE = variable({ is: 'date' });
const AT_MOST = variable({ is: 'number', isWhole: true, bounds: { least: 0, most: 100 } });
const LAW = variable({ is: 'entity', kinds: ['LAW'], by: 'slug' }, true);
const TWO = variable({ is: 'entities', kinds: ['ORGANIZATION'], bounds: { least: 2, most: 50 } }, true);
const KINDS = variable({ is: 'choices', choices: [{ value: 'LAW', meaning: '' }] });
const WORDS = variable({ is: 'text' }, true);
const IDENTIFIED = variable({ is: 'yes or no' });

test.each<[Variable, unknown, Entry]>([
  [DATE, '2026-01', '2026-01'],
  [DATE, null, ''],
  [AT_MOST, 5, '5'],
  [AT_MOST, null, ''],
  [TWO, ['organization/a', 'organization/b'], ['organization/a', 'organization/b']],
  [KINDS, null, []],
  [WORDS, 'liver', 'liver'],
  [IDENTIFIED, true, true],
])('a value and what stands in its control: %#', (variable, value, entry) => {
  expect(entryOf(variable, value)).toEqual(entry);
  expect(valueFrom(variable, entry)).toEqual(value);
});

test('what is written with spaces around it is meant without', () => {
  expect(valueFrom(DATE, ' 2026-01 ')).toBe('2026-01');
  expect(valueFrom(AT_MOST, ' 7 ')).toBe(7);
});

test.each(['2026', '2026-01', '2026-01-27', '2024-02-29', ' 2026 ', ''])('a date: "%s"', (text) => {
  expect(problemWith(DATE, text)).toBeNull();
});

test.each(['26', '2026-1', '2026-13', '2026-02-29', '2026-04-31', 'January 2026', '2026-01-27T10:00'])(
  'no date: "%s"',
  (text) => {
    expect(problemWith(DATE, text)).toBe('Write a year, a month or a day that there is: 2026, 2026-01 or 2026-01-27.');
  },
);

test.each<[Variable, Entry, string | null]>([
  [AT_MOST, '0', null],
  [AT_MOST, '100', null],
  [AT_MOST, '', null],
  [AT_MOST, '101', 'Write a whole number, 0 to 100.'],
  [AT_MOST, '-1', 'Write a whole number, 0 to 100.'],
  [AT_MOST, '2.5', 'Write a whole number, 0 to 100.'],
  [AT_MOST, '1e1', 'Write a whole number, 0 to 100.'],
  [variable({ is: 'number', isWhole: false, bounds: { least: null, most: null } }), '2.5', null],
  [variable({ is: 'number', isWhole: false, bounds: { least: null, most: null } }), 'many', 'Write a number.'],
  [
    variable({ is: 'number', isWhole: true, bounds: { least: 1, most: null } }),
    '0',
    'Write a whole number, 1 or more.',
  ],
  [LAW, 'kratom-consumer-protection-act', null],
  [LAW, '', 'Pick a law.'],
  [variable({ is: 'entity', kinds: ['LAW', 'CLAIM'], by: 'id' }, true), '', 'Pick a law or a claim.'],
  [variable({ is: 'entity', kinds: ['LAW'], by: 'id' }), '', null],
  [TWO, ['organization/a'], 'Pick 2 to 50.'],
  [TWO, ['organization/a', 'organization/b'], null],
  [variable({ is: 'entities', kinds: ['LAW'], bounds: { least: null, most: null } }, true), [], 'Pick at least one.'],
  [variable({ is: 'document', by: 'id' }, true), '', 'Choose one.'],
  [variable({ is: 'choices', choices: [] }, true), [], 'Choose at least one.'],
  [KINDS, [], null],
  [WORDS, '  ', 'Write at least one word.'],
  [IDENTIFIED, false, null],
])('what would be right: %#', (variable, entry, problem) => {
  expect(problemWith(variable, entry)).toBe(problem);
});
