import { expect, test } from 'vitest';

import { cellReachedBy } from './grid';

test.each([
  ['ArrowRight', [0, 1], [0, 2]],
  ['ArrowRight', [1, 0], [1, 2]],
  ['ArrowRight', [0, 3], null],
  ['ArrowLeft', [0, 1], null],
  ['ArrowLeft', [2, 3], [2, 1]],
  ['ArrowDown', [0, 1], [2, 1]],
  ['ArrowDown', [1, 0], [2, 0]],
  ['ArrowDown', [3, 1], null],
  ['ArrowUp', [1, 0], null],
  ['ArrowUp', [3, 2], [1, 2]],
  ['Home', [2, 3], [2, 0]],
  ['Home', [0, 3], [0, 1]],
  ['End', [1, 0], [1, 3]],
  ['End', [3, 0], [3, 2]],
  ['Ctrl+Home', [2, 3], [0, 1]],
  ['Ctrl+End', [0, 1], [3, 2]],
  ['a', [0, 1], null],
])('%s leads from %j to %j of four by four', (pressed, from, to) => {
  const [row = 0, column = 0] = from;
  const key = { key: pressed.replace('Ctrl+', ''), ctrlKey: pressed.startsWith('Ctrl+') };
  const reached = cellReachedBy(key, { row, column }, 3);
  expect(reached && [reached.row, reached.column]).toEqual(to);
});
