import { createHmac, hkdfSync } from 'node:crypto';
import type { NamedKey } from './key-ring';

/** A key of one use tells nothing about the keys of the others. */
type Use = 'links' | 'sealing' | 'tags';

/** A key of 32 bytes for one use of a secret (HKDF-SHA256, RFC 5869). Its id comes from itself. */
export function deriveKey(secret: string, use: Use): NamedKey {
  const bytes = Buffer.from(hkdfSync('sha256', secret, '', `itinera.${use}.1`, 32));
  const id = createHmac('sha256', bytes).update('id').digest('base64url').slice(0, 6);
  return { id, bytes };
}
