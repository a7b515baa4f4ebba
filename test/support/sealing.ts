import { createKeyRing } from '../../src/process/secrets/key-ring';
import { createSealing } from '../../src/process/secrets/sealing';

/** Seals the keys of a test store. */
export const sealing = createSealing(createKeyRing([{ id: 'test', bytes: Buffer.alloc(32, 7) }]));
