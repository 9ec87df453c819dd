import { expect, test } from 'vitest';

import { DamagedLink, hashOf, type Permalink, readHash } from './permalink';

const PLAIN: Permalink = {
  query: 'query Who($law: Slug!) {\n  law(slug: $law) { name }\n}',
  variables: '{ "law": "sb-6287" }',
  operationName: 'Who',
  panel: 'Picture',
  panelStates: { picture: { pinned: { 'law/sb-6287': [1.5, -2] }, layout: 'force' } },
};

/** The same numbers in every run (Lehmer's generator), so that a failure comes back. */
function* numbers(seed: number): Generator<number> {
  for (let n = seed; ; n = (n * 48_271) % 2_147_483_647) {
    yield n;
  }
}

const PIECES = ['a', '"', "'", '\\', '`', '\n', '\r\n', '\t', '{', '}', '#', '%', '&', '=', '+', '/', '\0', '\u2028'];
const LETTERS = ['é', 'ß', 'Ж', '中', '한', 'ع', '\u0301', '\ufeff', '👩🏽‍🔬', '𝔊', '�'];

test('what is read from a link is what was written into it', async () => {
  const random = numbers(6287);
  const below = (n: number) => (random.next().value as number) % n;
  const text = (maxLength: number) =>
    Array.from({ length: below(maxLength + 1) }, () => {
      const alphabet = below(2) === 0 ? PIECES : LETTERS;
      return alphabet[below(alphabet.length)];
    }).join('');

  for (let i = 0; i < 300; i += 1) {
    const link: Permalink = {
      query: text(200),
      variables: text(60),
      operationName: below(2) === 0 ? null : text(20),
      panel: below(2) === 0 ? null : text(20),
      panelStates: { [text(8)]: text(30), nested: [below(1e9) / 7, null, below(2) === 0, { [text(5)]: text(5) }] },
    };
    const hash = await hashOf(link);
    expect(hash).toMatch(/^#ask=[\w-]+$/);
    expect(await readHash(hash)).toEqual(link);
  }
});

test('an operation of 64 KiB comes back whole', async () => {
  const random = numbers(1);
  let query = '';
  while (query.length < 64 * 1024) {
    query += `# ${random.next().value} é\n`;
  }
  expect((await readHash(await hashOf({ ...PLAIN, query }))).query).toBe(query);
});

test('links that were sent stay readable', async () => {
  expect(
    await readHash(
      '#ask=NYzNagJBEIRfpVPkoLAmRDCRfggJePCQ8dCaji60M-vsTBYZ5t1l_TnVR31FFZyzxgv4nrQ5hsmrycC0tnx4mVJxns' +
        'hkmPSWD0yjm1IhLyel6nxFg3-JrexMezAKOZgMDkwO_W72OV9-OdA4C51GSW3wKzkpGJtjQINOvBoY3-0-5ajPZp0kjYcF3UPc0Hv9HclkeH-8g38-3hbNbL6tDUwuIScw_kLcK2qtVw',
    ),
  ).toEqual(PLAIN);
});

test('of the page’s state only what a link is for goes into it', async () => {
  const withMore = { ...PLAIN, headers: '{"authorization": "secret"}' };
  expect(await readHash(await hashOf(withMore))).toEqual(PLAIN);
});

test('a link that was cut at any place is damaged', async () => {
  const hash = await hashOf(PLAIN);
  for (let length = 0; length < hash.length; length += 1) {
    await expect(readHash(hash.slice(0, length)), `cut after ${length}`).rejects.toThrow(DamagedLink);
  }
});

test('what is no link of this page is damaged', async () => {
  const packed = async (value: unknown) => hashOf(value as Permalink);
  const foreign = [
    '#',
    '#section-2',
    '#ask=',
    '#ask=%F0%9F',
    '#ask=not/base64url+',
    '#asks=AAAA',
    await packed({ ...PLAIN, query: 1 }),
    await packed({ ...PLAIN, variables: null }),
    await packed({ ...PLAIN, panelStates: [] }),
    await packed({ ...PLAIN, panelStates: undefined }),
    await packed({ ...PLAIN, panel: {} }),
  ];
  for (const hash of foreign) {
    await expect(readHash(hash), hash).rejects.toThrow(DamagedLink);
  }
});

test('a link that unpacks to more than a question could be is damaged', async () => {
  const hash = await hashOf({ ...PLAIN, query: ' '.repeat(5 * 1024 * 1024) });
  expect(hash.length).toBeLessThan(8_000);
  await expect(readHash(hash)).rejects.toThrow(DamagedLink);
});
