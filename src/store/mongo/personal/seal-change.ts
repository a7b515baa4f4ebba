import type { AnyCollection, Document } from '../collection';
import { digestsOf } from './digested';
import { isEmpty, valueAt, without } from './paths';
import type { Personal, Vault } from './personal';
import { fieldsAt, placeOf } from './seal-row';

/** Update operators, each with the paths it changes. */
export type Change = Readonly<Record<`$${string}`, Readonly<Document>>>;

type Draft = { set: Document; unset: Document };

/** `before` is the row as it was read. Fields of a part that the change does not give are its. */
export type Changing = Readonly<{
  filter: Readonly<Document>;
  change: Change;
  before?: object | undefined;
}>;

/** Encrypts what a change of one row sets in personal fields. */
export async function sealChange(
  { name, personal }: AnyCollection,
  vault: Vault,
  { filter, change, before }: Changing,
): Promise<Change> {
  const touched = personal ? touchedParts(personal, change) : [];
  const grown = personal ? grownFields(personal, change) : [];
  if (!personal || touched.length + grown.length === 0) return change;
  const { $set: set = {}, $unset: unset = {}, ...others } = change;
  const draft = { set: { ...set }, unset: { ...unset } };
  const seal = await vault.sealing(personal.ownerOf({ ...before, ...filter, ...set }), false);
  for (const [part, paths] of touched) {
    const valueOf = (path: string) => valueAfter(change, { ...before }, path);
    const fields = fieldsAt(paths, valueOf);
    await clear(draft, { personal, vault }, paths, valueOf);
    if (fields) draft.set[`sealed.${part}`] = seal(placeOf(name, filter['_id'], part), fields);
    else draft.unset[`sealed.${part}`] = 1;
  }
  const growth = grown.map(([field, values]) => {
    const bytes = seal(placeOf(name, filter['_id'], field), { [field]: values });
    return [`sealed.${field}`, bytes] as const;
  });
  return {
    ...others,
    ...(await digestedGrowth(vault, grown)),
    ...(growth.length > 0 && { $push: Object.fromEntries(growth) }),
    ...operatorsOf(draft),
  };
}

/** Takes personal fields out of the rows of many contacts. It cannot set any. */
export function clearingChange({ name, personal }: AnyCollection, change: Change): Change {
  const touched = personal ? touchedParts(personal, change) : [];
  const told = touched.flatMap(([, paths]) =>
    paths.filter((path) => !isEmpty(setAt(change, path))),
  );
  if (told.length > 0) throw new Error(`${name} cannot set "${told.join()}" in many rows`);
  if (touched.length === 0) return change;
  const gone = touched.map(([part]) => [`sealed.${part}`, 1] as const);
  return { ...change, $unset: { ...change['$unset'], ...Object.fromEntries(gone) } };
}

/** Takes the fields of a part out of their places. Digests and empty values stay there. */
async function clear(
  draft: Draft,
  { personal: { digested = [] }, vault }: Readonly<{ personal: Personal; vault: Vault }>,
  paths: readonly string[],
  valueOf: (path: string) => unknown,
): Promise<void> {
  for (const path of paths) {
    const value = valueOf(path);
    const isDigested = digested.includes(path);
    if (isDigested) draft.unset[`sealed.${path}`] = 1;
    if (isEmpty(value)) continue;
    const [root = ''] = path.split('.');
    if (isDigested) draft.set[path] = await digestsOf(vault.digest, value);
    else if (root !== path && root in draft.set) draft.set = without(draft.set, path);
    else {
      draft.set = without(draft.set, path);
      draft.unset[path] = 1;
    }
  }
}

function touchedParts({ parts }: Personal, change: Change) {
  const set = new Set(Object.keys({ ...change['$set'], ...change['$unset'] }));
  return Object.entries(parts).filter(([, paths]) =>
    paths.some((path) => set.has(path) || set.has(path.split('.')[0] ?? '')),
  );
}

type Grown = readonly [field: string, values: readonly unknown[]];

function grownFields({ digested = [] }: Personal, { $addToSet: added = {} }: Change): Grown[] {
  return digested.flatMap((field) => {
    const { $each: values } = (added[field] ?? {}) as Readonly<{ $each?: readonly unknown[] }>;
    return values ? [[field, values] as const] : [];
  });
}

async function digestedGrowth({ digest }: Vault, grown: readonly Grown[]): Promise<Change> {
  if (grown.length === 0) return {};
  const digests = grown.map(
    async ([field, values]) => [field, { $each: await digestsOf(digest, values) }] as const,
  );
  return { $addToSet: Object.fromEntries(await Promise.all(digests)) };
}

function setAt({ $set: set = {} }: Change, path: string): unknown {
  return set[path] ?? valueAt(set, path);
}

function valueAfter(change: Change, before: Document, path: string): unknown {
  if (change['$unset'] && path in change['$unset']) return undefined;
  const given = setAt(change, path);
  return given === undefined ? valueAt(before, path) : given;
}

function operatorsOf({ set, unset }: Draft): Change {
  return {
    ...(Object.keys(set).length > 0 && { $set: set }),
    ...(Object.keys(unset).length > 0 && { $unset: unset }),
  };
}
