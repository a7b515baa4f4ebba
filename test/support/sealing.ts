import { createKeyRing } from '../../src/process/secrets/key-ring';
import { createSealing } from '../../src/process/secrets/sealing';

const keyOf = (id: string) => ({ id, bytes: Buffer.alloc(32, id) });

/** Seals the keys of a test store. */
export const sealing = createSealing(createKeyRing([keyOf('test'), keyOf('before')]));
