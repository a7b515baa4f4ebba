import { base32nopad } from '@scure/base';

/** The first `length` digits of the bytes in lower-case base32 (RFC 4648), five bits each. */
export function base32(bytes: Uint8Array, length: number): string {
  return base32nopad.encode(bytes).toLowerCase().slice(0, length);
}
