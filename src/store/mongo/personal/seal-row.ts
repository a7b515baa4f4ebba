import type { AnyCollection, Document } from '../collection';
import { plainJson } from '../storable-json';
import { digestsOf } from './digested';
import { isEmpty, valueAt, without } from './paths';
import type { Fields, Personal, Seal, Vault } from './personal';

/** The name of a part in the authenticated label. */
export function placeOf(collection: string, row: unknown, part: string): string {
  return [collection, String(row), part].join('\n');
}

/** Encrypts the personal fields of a row that is to be inserted. */
export async function sealRow(
  { name, personal }: AnyCollection,
  vault: Vault,
  row: Document,
): Promise<Document> {
  if (!personal || personal.isImpersonal?.(row)) return row;
  const owner = personal.ownerOf(row);
  const seal = await vault.sealing(owner, owner === row['_id']);
  const sealed = sealedParts(personal, row, (part, fields) =>
    seal(placeOf(name, row['_id'], part), fields),
  );
  const rest = Object.values(personal.parts).flat().reduce(withoutPersonal, row);
  return { ...rest, ...(await digestedFields(personal, vault, row)), ...sealed };
}

function sealedParts(
  { parts }: Personal,
  row: Document,
  seal: Seal,
): Readonly<{ sealed?: Readonly<Record<string, Buffer>> }> {
  const found = Object.entries(parts).flatMap(([part, paths]) => {
    const fields = fieldsAt(paths, (path) => valueAt(row, path));
    return fields ? [[part, seal(part, fields)] as const] : [];
  });
  return found.length > 0 ? { sealed: Object.fromEntries(found) } : {};
}

/** The fields of a part that say something; undefined where none does. */
export function fieldsAt(
  paths: readonly string[],
  valueOf: (path: string) => unknown,
): Fields | undefined {
  const found = paths.map((path) => [path, valueOf(path)] as const);
  const told = found.filter(([, value]) => !isEmpty(value));
  if (told.length === 0) return undefined;
  return Object.fromEntries(told.map(([path, value]) => [path, plainJson(value)]));
}

/** An empty value stays as it is. */
function withoutPersonal(row: Document, path: string): Document {
  return isEmpty(valueAt(row, path)) ? row : without(row, path);
}

async function digestedFields(
  { digested = [] }: Personal,
  { digest }: Vault,
  row: Document,
): Promise<Document> {
  const told = digested.filter((field) => !isEmpty(row[field]));
  const digests = told.map(async (field) => [field, await digestsOf(digest, row[field])] as const);
  return Object.fromEntries(await Promise.all(digests));
}
