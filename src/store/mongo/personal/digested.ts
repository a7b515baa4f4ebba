import type { Document } from '../collection';
import type { Personal, Vault } from './personal';

type Digest = Vault['digest'];

/** The digest of a text, or of each text of a list. */
export async function digestsOf(digest: Digest, value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => digest(String(item))));
  return typeof value === 'string' ? digest(value) : value;
}

/** The digests of texts, and the texts, which stand in rows from before the ring. */
export async function bothForms(digest: Digest, texts: readonly string[]): Promise<string[]> {
  return [...(await Promise.all(texts.map((text) => digest(text)))), ...texts];
}

/** Finds rows by digests of what the filter names. Rows from before the ring are found too. */
export async function digestedFilter(
  { digested = [] }: Personal,
  { digest }: Vault,
  filter: Readonly<Document>,
): Promise<Readonly<Document>> {
  const sought = digested.flatMap((field) => {
    const texts = textsIn(filter[field]);
    return texts ? [[field, texts] as const] : [];
  });
  if (sought.length === 0) return filter;
  const forms = sought.map(
    async ([field, texts]) => [field, { $in: await bothForms(digest, texts) }] as const,
  );
  return { ...filter, ...Object.fromEntries(await Promise.all(forms)) };
}

/** Undefined where a condition names no texts. */
function textsIn(condition: unknown): readonly string[] | undefined {
  if (typeof condition === 'string') return [condition];
  if (typeof condition !== 'object' || condition === null || !('$in' in condition)) {
    return undefined;
  }
  return condition.$in as readonly string[];
}
