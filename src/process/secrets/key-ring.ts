import { DomainError } from '../../core/domain-error';

/** A key of 32 bytes. Encrypted data names its key by the id. */
export type NamedKey = Readonly<{ id: string; bytes: Buffer }>;

/** Keys in the order of a rotation. The first encrypts; each decrypts what names it. */
export type KeyRing = Readonly<{
  newest: NamedKey;
  older: readonly NamedKey[];
  /** Throws DomainError `invalid` where this process does not have the key. */
  find(id: string): NamedKey;
}>;

const entry = /^([\w-]{1,40}):([A-Za-z0-9+/]{43}=)$/;

/**
 * Reads `ID:BASE64` entries with commas or blanks between them. Undefined where one is no key of 32
 * bytes, or two have one id.
 */
export function readKeys(text: string): readonly NamedKey[] | undefined {
  const keys: NamedKey[] = [];
  for (const part of text.split(/[\s,]+/).filter(Boolean)) {
    const [, id, base64] = entry.exec(part) ?? [];
    if (id === undefined || base64 === undefined) return undefined;
    if (keys.some((other) => other.id === id)) return undefined;
    keys.push({ id, bytes: Buffer.from(base64, 'base64') });
  }
  return keys;
}

export function createKeyRing(keys: readonly [NamedKey, ...NamedKey[]]): KeyRing {
  const [newest, ...older] = keys;
  return {
    newest,
    older,
    find: (id) => {
      const found = keys.find((key) => key.id === id);
      if (found) return found;
      throw new DomainError(
        'invalid',
        `This process has no key "${id}"; add it to ITINERA_KEY_RING`,
      );
    },
  };
}
