/** Counts the requests of each key that are open in this process, until their answer. */
export type Places = Readonly<{
  /** Takes a place. Undefined where the key, named by its hash, holds all of its own. */
  occupy: (keyHash: string) => Release | undefined;
}>;

/** Gives the place back. Called again it does nothing. */
export type Release = () => void;

/** `most` is the number of places of each key. Only keys that exist may be counted. */
export function createPlaces(most: number): Places {
  const held = new Map<string, number>();
  return {
    occupy: (keyHash) => {
      const before = held.get(keyHash) ?? 0;
      if (before >= most) return undefined;
      held.set(keyHash, before + 1);
      let isHeld = true;
      return () => {
        if (isHeld) giveBack(held, keyHash);
        isHeld = false;
      };
    },
  };
}

function giveBack(held: Map<string, number>, keyHash: string): void {
  const left = (held.get(keyHash) ?? 0) - 1;
  if (left > 0) held.set(keyHash, left);
  else held.delete(keyHash);
}
