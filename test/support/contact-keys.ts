import { randomBytes } from 'node:crypto';
import type { DataKey, DataKeys } from '../../src/store/secrets/data-keys';

/** Keys that no database keeps. */
export function keysInMemory(): DataKeys {
  const keys = new Map<string, DataKey>();
  return {
    find: (name) => Promise.resolve(keys.get(name)),
    ensure: (name) => {
      const key = keys.get(name) ?? { id: randomBytes(6).toString('hex'), bytes: randomBytes(32) };
      keys.set(name, key);
      return Promise.resolve(key);
    },
    reseal: () => Promise.resolve(0),
    remove: (names) => {
      for (const name of names) keys.delete(name);
      return Promise.resolve();
    },
  };
}
