import { createLocalStorage, type Storage, StorageAPI } from '@graphiql/toolkit';

// Every GraphiQL on the same host and port shares one local storage. With a name of our own, the tabs of another
// project that once ran on this port do not hide ours, nor ours its tabs.
export const storage = isStorageAllowed() ? createLocalStorage({ namespace: 'grounds' }) : storageForNow();

/** What GraphiQL and this page keep from visit to visit; "Clear data" in the settings empties it. */
export const kept = new StorageAPI(storage);

/** A browser may be told to keep nothing; then the very mention of its storage is an error. */
function isStorageAllowed(): boolean {
  try {
    return Boolean(localStorage);
  } catch {
    return false;
  }
}

/** Forgets all as soon as the page is left. */
function storageForNow(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
    clear: () => items.clear(),
    get length() {
      return items.size;
    },
  };
}
