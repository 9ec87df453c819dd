import { createLocalStorage, StorageAPI } from '@graphiql/toolkit';

// Every GraphiQL on the same host and port shares one local storage. With a name of our own, the tabs of another
// project that once ran on this port do not hide ours, nor ours its tabs.
export const storage = createLocalStorage({ namespace: 'grounds' });

/** What GraphiQL and this page keep from visit to visit; "Clear data" in the settings empties it. */
export const kept = new StorageAPI(storage);
