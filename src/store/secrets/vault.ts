import { createSecretKey, type KeyObject } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import type { Fields, Vault } from '../mongo/personal/personal';
import type { DataKey, DataKeys } from './data-keys';
import type { Digests } from './digests';
import type { Encryption } from './sealing';

/** `forget` drops a key that this process has removed. */
type ContactVault = Vault & Readonly<{ forget: (names: readonly string[]) => void }>;

type Settings = Readonly<{
  keys: Pick<DataKeys, 'find' | 'make'>;
  digests: Pick<Digests, 'of'>;
  encryption: Encryption;
}>;

/** Encrypts parts of rows under the keys of their contacts. A part names its key. */
export function createVault({ keys, digests, encryption }: Settings): ContactVault {
  const recent = createRecentKeys(keys);
  return {
    sealing: async (contact = nobody, isNew) => {
      const { id, secret } = await recent.forWriting(contact, isNew);
      return (place, fields) => {
        const { packing, data } = pack(Buffer.from(JSON.stringify(fields)));
        const head = headOf(packing, `${contact}.${id}`);
        return Buffer.concat([head, encryption.encrypt(secret, labelOf(head, place), data)]);
      };
    },
    opening: async (parts) => {
      const names = [...new Set(parts.map((part) => keyNameIn(part)))];
      const found = await Promise.all(
        names.map(async (name) => [name, await recent.forReading(name)] as const),
      );
      const known = new Map(found);
      return (place, part) => {
        const key = known.get(keyNameIn(part));
        if (!key) return undefined;
        const { head, data } = split(part);
        const plain = encryption.decrypt(key.secret, labelOf(head, place), data);
        return JSON.parse(unpack(head, plain).toString()) as Fields;
      };
    },
    digest: (text) => digests.of(text),
    forget: recent.forget,
  };
}

/** The name of the key for rows that tell of no contact. */
const nobody = 'rows';

const keyAgeMs = 60_000;
const mostKeys = 10_000;

type SecretKey = Readonly<{ id: string; secret: KeyObject }>;

function secretOf({ id, bytes }: DataKey): SecretKey {
  return { id, secret: createSecretKey(bytes) };
}

/** An erasure by another process is noticed after a minute. */
function createRecentKeys(keys: Settings['keys']) {
  const kept = new LRUCache<string, Promise<SecretKey | undefined>>({
    max: mostKeys,
    ttl: keyAgeMs,
  });
  const keep = (name: string, loading: Promise<SecretKey | undefined>) => {
    kept.set(name, loading);
    const drop = () => {
      if (kept.peek(name) === loading) kept.delete(name);
    };
    loading.then((key) => {
      if (!key) drop();
    }, drop);
    return loading;
  };
  const load = async (name: string) => {
    const key = await keys.find(name);
    return key && secretOf(key);
  };
  const find = (name: string) => kept.get(name) ?? keep(name, load(name));
  const create = async (name: string) => {
    const making = keys.make(name).then(secretOf);
    void keep(name, making);
    return making;
  };
  return {
    forWriting: async (name: string, isNew: boolean): Promise<SecretKey> => {
      const known = isNew ? await kept.get(name) : await find(name);
      return known ?? create(name);
    },
    /** Undefined where the key is gone. Another key of its name was made later. */
    forReading: async (keyName: string): Promise<SecretKey | undefined> => {
      const { name, id } = namesIn(keyName);
      const known = await kept.get(name);
      if (known?.id === id) return known;
      kept.delete(name);
      const key = await find(name);
      return key?.id === id ? key : undefined;
    },
    forget: (names: readonly string[]) => {
      for (const name of names) kept.delete(name);
    },
  };
}

function namesIn(keyName: string) {
  const dot = keyName.lastIndexOf('.');
  return { name: keyName.slice(0, dot), id: keyName.slice(dot + 1) };
}

type Packing = 'none' | 'deflate';

const version = 1;
const packings: readonly Packing[] = ['none', 'deflate'];
const fixedBytes = 4;

/** Version, packing and the name of the key with its length. */
function headOf(packing: Packing, keyName: string): Buffer {
  const name = Buffer.from(keyName);
  const head = Buffer.from([version, packings.indexOf(packing), 0, 0]);
  head.writeUInt16BE(name.length, 2);
  return Buffer.concat([head, name]);
}

function keyNameIn(part: Buffer): string {
  return split(part).head.subarray(fixedBytes).toString();
}

function split(part: Buffer) {
  const end = fixedBytes + part.readUInt16BE(2);
  return { head: part.subarray(0, end), data: part.subarray(end) };
}

function labelOf(head: Buffer, place: string): string {
  return `${head.toString('latin1')}\n${place}`;
}

/** Below this size a compression costs more than the space is worth. */
const worthwhileBytes = 1_024;

function pack(data: Buffer): Readonly<{ packing: Packing; data: Buffer }> {
  if (data.length < worthwhileBytes) return { packing: 'none', data };
  return { packing: 'deflate', data: deflateRawSync(data, { level: 1 }) };
}

function unpack(head: Buffer, data: Buffer): Buffer {
  return packings[head.readUInt8(1)] === 'deflate' ? inflateRawSync(data) : data;
}
