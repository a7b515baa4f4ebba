import { decrypt, encrypt } from '../../src/process/secrets/encryption';
import { createKeyRing } from '../../src/process/secrets/key-ring';
import { createSealing } from '../../src/process/secrets/sealing';

const keyOf = (id: string) => ({ id, bytes: Buffer.alloc(32, id) });

/** Seals the keys of a test store. */
export const sealing = createSealing(createKeyRing([keyOf('test'), keyOf('before')]));

/** Encrypts what is personal, as a process with a key ring does. */
export const encryption = { encrypt, decrypt };
