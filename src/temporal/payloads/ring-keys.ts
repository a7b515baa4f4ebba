import type { KeyRing } from '../../process/secrets/key-ring';
import type { PayloadKeys } from './payload-codec';

/** Encrypts every payload under the newest key of the ring. */
export function keysOfRing({ newest, find }: KeyRing): PayloadKeys {
  return {
    forWriting: () => Promise.resolve(newest),
    forReading: async (id) => Promise.resolve(find(id)),
  };
}
