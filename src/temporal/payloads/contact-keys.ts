import { createSecretKey } from 'node:crypto';
import { contactOf } from '../../core/ids';
import { DomainError } from '../../core/domain-error';
import { createRecent } from '../../process/cache';
import type { KeyRing, NamedKey } from '../../process/secrets/key-ring';
import type { PayloadKey, PayloadKeys } from './payload-codec';

/** The keys of contacts, as they are stored. */
type StoredKeys = Readonly<{
  find(contact: string): Promise<NamedKey | undefined>;
  /** Makes a key where there is none. */
  ensure(contact: string): Promise<NamedKey>;
}>;

type Settings = Readonly<{
  ring: KeyRing;
  stored: StoredKeys;
  /** An erasure by another process is noticed after this time, in real milliseconds. */
  maxAgeMs: number;
}>;

const name = /^contact[.](?<contact>[^.]+)[.](?<id>[^.]+)$/;

/**
 * Each contact has a key of its own, which the ring seals in the store. Erased, it leaves the
 * payloads of its workflows unreadable in every copy. The ring itself encrypts whatever belongs to
 * no contact, and reads what it has encrypted before.
 */
export function keysOfContacts({ ring, stored, maxAgeMs }: Settings): PayloadKeys {
  const load = async (contact: string) => {
    const key = await stored.find(contact);
    return key && secretOf(key);
  };
  const recent = createRecent({ load, maxAgeMs });
  const ofRing = new Map([ring.newest, ...ring.older].map((key) => [key.id, secretOf(key)]));
  const inRing = (id: string) => ofRing.get(id) ?? secretOf(ring.find(id));
  return {
    forWriting: async (workflowId) => {
      const contact = workflowId === undefined ? undefined : contactOf(workflowId);
      if (contact === undefined) return inRing(ring.newest.id);
      const { id, secret } = (await recent.of(contact)) ?? secretOf(await stored.ensure(contact));
      return { id: `contact.${contact}.${id}`, secret };
    },
    forReading: async (keyId) => {
      const { contact, id } = name.exec(keyId)?.groups ?? {};
      if (contact === undefined) return inRing(keyId);
      const isNamed = (key: PayloadKey | undefined) => key?.id === id;
      if (!isNamed(await recent.of(contact))) recent.forget(contact);
      const key = await recent.of(contact);
      if (key && isNamed(key)) return key;
      throw new DomainError('not-found', 'This is erased: the key of its contact is gone');
    },
  };
}

function secretOf({ id, bytes }: NamedKey): PayloadKey {
  return { id, secret: createSecretKey(bytes) };
}
