import { LRUCache } from 'lru-cache';

type Settings<Key, Value> = Readonly<{
  load(key: Key): Promise<Value>;
  /** A monotone clock, in milliseconds; without it, the system's. */
  now?(): number;
  maxAgeMs?: number;
}>;

/**
 * Remembers what was loaded a moment ago. A change by another process is seen within `maxAgeMs`;
 * nothing found is not remembered.
 */
export type Recent<Key, Value> = Readonly<{
  of(key: Key): Promise<Value>;
  /** After a change by this process: the next look is fresh. */
  forget(key: Key): void;
}>;

const mostKept = 10_000;

/** Concurrent looks share a load. */
export function createRecent<Key extends string, Value>({
  load,
  now = () => performance.now(),
  maxAgeMs = 500,
}: Settings<Key, Value>): Recent<Key, Value> {
  const kept = new LRUCache<Key, Promise<Value>>({
    max: mostKept,
    // The library keeps an entry of exactly this age.
    ttl: maxAgeMs - 1,
    ttlResolution: 0,
    // The library keeps an entry of the instant 0 for ever.
    perf: { now: () => now() + 1 },
  });
  const loadFresh = (key: Key) => {
    const fresh = load(key);
    kept.set(key, fresh);
    const drop = () => {
      if (kept.peek(key) === fresh) kept.delete(key);
    };
    fresh.then((value) => {
      if (value === undefined) drop();
    }, drop);
    return fresh;
  };
  return {
    of: async (key) => kept.get(key) ?? loadFresh(key),
    forget: (key) => kept.delete(key),
  };
}
