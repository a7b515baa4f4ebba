import type { Holder } from './rate-limit';

/** Counts the requests of each key and workspace that are open in this process. */
export type Places = Readonly<{
  /**
   * Takes a place until the answer. Undefined where the key or its workspace holds all of its own.
   */
  occupy: (holder: Holder) => Release | undefined;
}>;

/** Gives the place back. Called again it does nothing. */
export type Release = () => void;

type Most = Readonly<{ ofKey: number; ofWorkspace: number }>;

/** Only keys that exist may be counted. */
export function createPlaces({ ofKey, ofWorkspace }: Most): Places {
  const keys = createCount(ofKey);
  const workspaces = createCount(ofWorkspace);
  return {
    occupy: ({ keyHash, workspace }) => {
      const leaveKey = keys.enter(keyHash);
      const leaveWorkspace = leaveKey && workspaces.enter(workspace);
      if (!leaveWorkspace) {
        leaveKey?.();
        return undefined;
      }
      return () => {
        leaveKey();
        leaveWorkspace();
      };
    },
  };
}

function createCount(most: number) {
  const held = new Map<string, number>();
  return {
    enter: (name: string): Release | undefined => {
      const before = held.get(name) ?? 0;
      if (before >= most) return undefined;
      held.set(name, before + 1);
      let isHeld = true;
      return () => {
        if (isHeld) giveBack(held, name);
        isHeld = false;
      };
    },
  };
}

function giveBack(held: Map<string, number>, name: string): void {
  const left = (held.get(name) ?? 0) - 1;
  if (left > 0) held.set(name, left);
  else held.delete(name);
}
