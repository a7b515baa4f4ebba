import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Rows } from '../mongo/rows';
import type { DataKeys } from './data-keys';

/** Digests of what is personal, under a key of this database. Nobody without it can guess one. */
export type Digests = Readonly<{
  of: (text: string) => Promise<string>;
  /** The digest of a text, from a plain digest of it. */
  keyed: (plain: string) => Promise<string>;
}>;

/** Sorts after every plain digest, so that an index finds those. */
const mark = '~';

const batch = 500;

/** The key is read once. A failure to read it is not remembered. */
export function createDigests(keys: Pick<DataKeys, 'ensure'>): Digests {
  let loading: Promise<KeyObject> | undefined;
  const key = () => {
    loading ??= keys.ensure('digests').then(
      ({ bytes }) => createSecretKey(bytes),
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
  const keyed = async (plain: string) =>
    mark +
    createHmac('sha256', await key())
      .update(plain)
      .digest('base64url');
  return { keyed, of: async (text) => keyed(plainDigestOf(text)) };
}

/** The form of version 0.1, which can be guessed from a list of addresses. */
export function plainDigestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** A row whose id begins with a digest. These fields hold digests as well. */
type DigestRow = Readonly<{ _id: string; digest?: string; fingerprint?: string }>;

/** Replaces the plain digests of version 0.1. A repeat finds those that a crash has left. */
export async function keyPlainDigests<Row extends DigestRow>(
  rows: Rows<Row>,
  { keyed }: Digests,
): Promise<void> {
  for (;;) {
    const plain = await rows.all({ _id: { $lt: mark } }, { limit: batch });
    for (const row of plain) {
      await rows.insert({ ...row, ...(await keyedFields(row, keyed)) });
      await rows.remove({ _id: row._id });
    }
    if (plain.length < batch) return;
  }
}

async function keyedFields(
  { _id, digest, fingerprint }: DigestRow,
  keyed: Digests['keyed'],
): Promise<DigestRow> {
  const [first = '', ...rest] = _id.split('/');
  return {
    _id: [await keyed(first), ...rest].join('/'),
    ...(digest !== undefined && { digest: await keyed(digest) }),
    ...(fingerprint !== undefined && { fingerprint: await keyed(fingerprint) }),
  };
}
