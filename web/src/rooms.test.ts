import { expect, test } from 'vitest';

/** The rooms and their floors. Those of one floor do not know each other. */
const FLOORS: Readonly<Record<string, number>> = {
  // What stands in no folder: the server, words, and the types that are generated.
  '.': 0,
  answer: 1,
  question: 1,
  parts: 2,
  plugins: 3,
  page: 4,
  main: 5,
};

const FILES = import.meta.glob<string>(['./**/*.{ts,tsx}', '!./**/*.test.{ts,tsx}', '!./*.generated.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** `plugins/picture/index.tsx` is in `plugins`, `store.ts` is in none. */
function roomOf(path: string): string {
  const [room = '', ...inside] = path.split('/');
  const isEntry = path === 'main.ts' || path === 'main';
  return isEntry ? 'main' : inside.length > 0 ? room : '.';
}

function pluginOf(path: string): string | undefined {
  return /^plugins\/([^/]+)/.exec(path)?.[1];
}

/** What a file looks at in `src/`, as paths from there: what it imports, at once or late, and what it passes on. */
function looksOf(file: string, code: string): string[] {
  return [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']*)'/g)]
    .map(([, address = '']) => new URL(address, `https://src/${file}`))
    .filter(({ pathname }) => !pathname.includes('/tests/'))
    .map(({ pathname }) => pathname.slice(1));
}

/** `null` when the one may look at the other. */
function objectionTo(file: string, other: string): string | null {
  const [from, to] = [roomOf(file), roomOf(other)];
  if (pluginOf(file) && pluginOf(other)) {
    return pluginOf(file) === pluginOf(other) ? null : `${file} looks at another plugin, ${other}`;
  }
  if (FLOORS[from] === undefined || FLOORS[to] === undefined) {
    return `${file} or ${other} is on no floor`;
  }
  return from === to || FLOORS[to] < FLOORS[from] ? null : `${file} looks at ${other}`;
}

test('a room looks down only, and a plugin never at another one', () => {
  const looks = Object.entries(FILES).flatMap(([path, code]) => {
    const file = path.slice('./'.length);
    return looksOf(file, code).map((other) => ({ file, other }));
  });
  expect(looks.length, 'imports are found').toBeGreaterThan(250);
  expect(new Set(looks.map(({ other }) => roomOf(other)))).toEqual(
    new Set(['.', 'answer', 'question', 'parts', 'plugins', 'page']),
  );
  expect(looks.map(({ file, other }) => objectionTo(file, other)).filter(Boolean)).toEqual([]);
});

test('who looks up or sideways is told', () => {
  const code = [
    "import { a } from '../../page/a';",
    "import type { b,\n  c } from '../matrix/b';",
    "import './own.css';",
    "export { d } from '../../parts/d';",
    "const load = () => import('../table');",
    "import text from '../../../../tests/queries/worked/a.graphql?raw';",
    "import { useState } from 'react';",
  ].join('\n');
  const file = 'plugins/picture/index.tsx';
  const looks = looksOf(file, code);
  expect(looks).toEqual(['page/a', 'plugins/matrix/b', 'plugins/picture/own.css', 'parts/d', 'plugins/table']);
  expect(looks.map((other) => objectionTo(file, other)).filter(Boolean)).toEqual([
    'plugins/picture/index.tsx looks at page/a',
    'plugins/picture/index.tsx looks at another plugin, plugins/matrix/b',
    'plugins/picture/index.tsx looks at another plugin, plugins/table',
  ]);
  expect(objectionTo('answer/a.ts', 'question/b')).toBe('answer/a.ts looks at question/b');
  expect(objectionTo('parts/a.ts', 'elsewhere/b')).toBe('parts/a.ts or elsewhere/b is on no floor');
});
