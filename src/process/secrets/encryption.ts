import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';
import { DomainError } from '../../core/domain-error';

/** A key object is ten times as fast: bytes become one at each call. */
type Key = Buffer | KeyObject;

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts by AES-256-GCM under a nonce of its own. `label` is authenticated as well, so that the
 * result is read under the same label only.
 */
export function encrypt(key: Key, label: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes);
  const encryption = createCipheriv(cipher, key, nonce).setAAD(Buffer.from(label));
  const encrypted = Buffer.concat([encryption.update(plain), encryption.final()]);
  return Buffer.concat([nonce, encrypted, encryption.getAuthTag()]);
}

/** Throws DomainError `invalid` where the key, the label or a byte is another. */
export function decrypt(key: Key, label: string, sealed: Uint8Array): Buffer {
  try {
    return authenticated(key, label, sealed);
  } catch {
    throw new DomainError('invalid', 'It has been changed, or encrypted under another key');
  }
}

function authenticated(key: Key, label: string, sealed: Uint8Array): Buffer {
  const end = sealed.length - tagBytes;
  const decryption = createDecipheriv(cipher, key, sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
    .setAAD(Buffer.from(label))
    .setAuthTag(sealed.subarray(end));
  const plain = decryption.update(sealed.subarray(nonceBytes, end));
  return Buffer.concat([plain, decryption.final()]);
}
