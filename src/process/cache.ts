type Settings<Key, Value> = Readonly<{
  load(key: Key): Promise<Value>;
  /** Real milliseconds, monotone. */
  now(): number;
  maxAgeMs?: number;
}>;

/** What was loaded a moment ago. What another process changes is seen within `maxAgeMs`; nothing found is not remembered. */
export type Recent<Key, Value> = Readonly<{
  of(key: Key): Promise<Value>;
  /** After a change here: the next look is fresh. */
  forget(key: Key): void;
}>;

/** Concurrent looks share one load. */
export function createRecent<Key, Value>({
  load,
  now,
  maxAgeMs = 500,
}: Settings<Key, Value>): Recent<Key, Value> {
  const kept = new Map<Key, Readonly<{ at: number; value: Promise<Value> }>>();
  const loadFresh = (key: Key) => {
    const fresh = { at: now(), value: load(key) };
    kept.set(key, fresh);
    const drop = () => {
      if (kept.get(key) === fresh) kept.delete(key);
    };
    fresh.value.then((value) => {
      if (value === undefined) drop();
    }, drop);
    return fresh.value;
  };
  return {
    of: async (key) => {
      const recent = kept.get(key);
      return recent && now() - recent.at < maxAgeMs ? recent.value : loadFresh(key);
    },
    forget: (key) => kept.delete(key),
  };
}
