import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { addressFrom } from './address';
import type { Permalink } from './permalink';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  history.replaceState(null, '', '/');
});
afterEach(() => vi.useRealTimers());

const link = (query: string): Permalink => ({
  query,
  variables: '',
  operationName: null,
  panel: null,
  panelStates: {},
});

/** A link is packed when the test says so: until then, all may happen. */
function packing() {
  const packed: (() => void)[] = [];
  const pack = ({ query }: Permalink) =>
    new Promise<string>((resolve) => {
      packed.push(() => resolve(`#ask=${query}`));
    });
  const settle = async () => {
    await vi.runAllTimersAsync();
    for (const finish of packed.splice(0)) {
      finish();
    }
    await vi.runAllTimersAsync();
  };
  return { pack, settle };
}

test('the address follows what is asked, and is empty when nothing is', async () => {
  const { pack, settle } = packing();
  const address = addressFrom('', pack);
  address.write(link('a'));
  expect(location.hash, 'not at once').toBe('');
  await settle();
  expect(location.hash).toBe('#ask=a');
  expect(address.isOwn()).toBe(true);
  address.write(null);
  await settle();
  expect(location.hash).toBe('');
});

test('the last of several takes the place of those before', async () => {
  const { pack, settle } = packing();
  const written = vi.spyOn(history, 'replaceState');
  const address = addressFrom('', pack);
  address.write(link('a'));
  await vi.runAllTimersAsync();
  address.write(link('b'));
  address.write(link('c'));
  await settle();
  expect(written.mock.calls.map(([, , to]) => to)).toEqual(['/#ask=c']);
});

test('what is given up is not written', async () => {
  const { pack, settle } = packing();
  const address = addressFrom('', pack);
  const giveUp = address.write(link('a'));
  await vi.runAllTimersAsync();
  giveUp();
  await settle();
  expect(location.hash).toBe('');
});

test.each(['before its time', 'while it is packed'])(
  'a link that is put there %s is not written over',
  async (when) => {
    const { pack, settle } = packing();
    const address = addressFrom('', pack);
    address.write(link('a'));
    if (when === 'while it is packed') {
      await vi.runAllTimersAsync();
    }
    location.hash = '#ask=pasted';
    expect(address.isOwn()).toBe(false);
    await settle();
    address.write(link('b'));
    await settle();
    expect(location.hash).toBe('#ask=pasted');

    address.take();
    expect(address.isOwn()).toBe(true);
    address.write(link('c'));
    await settle();
    expect(location.hash, 'once it is taken the address follows again').toBe('#ask=c');
  },
);

test('a link that is taken gives up what was to be written before', async () => {
  const { pack, settle } = packing();
  const address = addressFrom('', pack);
  address.write(link('a'));
  location.hash = '#ask=pasted';
  address.take();
  await settle();
  expect(location.hash).toBe('#ask=pasted');
});
