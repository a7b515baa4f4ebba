import { randomBytes } from 'node:crypto';
import type { DataKey, DataKeys } from '../../src/store/secrets/data-keys';

/** Keys that no database keeps. */
export function keysInMemory(): DataKeys {
  const keys = new Map<string, DataKey>();
  const ensure = (name: string) => {
    const key = keys.get(name) ?? { id: randomBytes(6).toString('hex'), bytes: randomBytes(32) };
    keys.set(name, key);
    return Promise.resolve(key);
  };
  return {
    find: (name) => Promise.resolve(keys.get(name)),
    ensure,
    make: ensure,
    reseal: () => Promise.resolve(0),
    remove: (names) => {
      for (const name of names) keys.delete(name);
      return Promise.resolve();
    },
  };
}
