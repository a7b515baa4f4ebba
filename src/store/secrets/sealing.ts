import type { KeyObject } from 'node:crypto';

/** Wraps stored keys, so that a copy of the database alone opens nothing. */
export type Sealing = Readonly<{
  seal(label: string, plain: Uint8Array): string;
  open(label: string, sealed: string): Buffer;
  /** The id of the key that seals now. */
  newest: string;
  /** The ids of the keys that have sealed before. */
  older: readonly string[];
}>;

/** Encrypts and authenticates under a key of 32 bytes. The label is authenticated as well. */
export type Encryption = Readonly<{
  encrypt(key: KeyObject, label: string, plain: Uint8Array): Buffer;
  decrypt(key: KeyObject, label: string, encrypted: Uint8Array): Buffer;
}>;
