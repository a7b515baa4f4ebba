import type { Connection, Model } from 'mongoose';
import { modelOf, type Collection, type Document } from './collection';
import type { Scope } from './connection';
import { duplicatesIn, isDuplicateKey } from './failure';
import { behind, pageOf, type Page, type PageRequest } from './page';

export type Filter = Readonly<Document>;
type Order = Readonly<Record<string, 1 | -1>>;
type Selection = Readonly<{ order?: Order; limit?: number }>;

/** Update operators, each with the paths it changes. */
type Change = Readonly<Record<`$${string}`, Readonly<Document>>>;
type ChangeOptions = Readonly<{ arrayFilters?: Document[]; upsert?: boolean }>;

type Reads<Row> = Readonly<{
  first: (filter: Filter, order?: Order) => Promise<Row | undefined>;
  all: (filter: Filter, selection?: Selection) => Promise<readonly Row[]>;
  /** Like `all`; with a session it misses nothing that was acknowledged before. */
  allStrictly: (filter: Filter, selection?: Selection) => Promise<readonly Row[]>;
  /** In descending order of `by`, a number. */
  page: (filter: Filter, by: string, request: PageRequest) => Promise<Page<Row>>;
  count: (filter: Filter) => Promise<number>;
}>;

type Writes<Row> = Readonly<{
  /** False where a unique index already holds such a row. */
  insert: (row: Row) => Promise<boolean>;
  /** Inserts many in one command; false for each where a unique index already holds such a row. */
  insertEach: (rows: readonly Row[]) => Promise<readonly boolean[]>;
  /** Inserts what is not there yet. */
  insertMissing: (rows: readonly Row[]) => Promise<void>;
  /** Changes the one row that matches, and says whether there was one. */
  change: (filter: Filter, change: Change, options?: ChangeOptions) => Promise<boolean>;
  /** Changes every row that matches, one after another. */
  changeAll: (filter: Filter, change: Change) => Promise<void>;
  /** Changes the first row that matches and answers it as it is then; undefined also where a unique index objects. */
  changed: (filter: Filter, change: Change, order?: Order) => Promise<Row | undefined>;
  remove: (filter: Filter) => Promise<void>;
}>;

/** The documents of one collection as plain values; each write is atomic for one document. */
export type Rows<Row> = Reads<Row> & Writes<Row>;

export function createRows<Row extends object>(
  connection: Connection,
  collection: Collection,
  scope: Scope,
): Rows<Row> {
  const model = modelOf(connection, collection);
  return { ...createReads<Row>(model, scope), ...createWrites<Row>(model, scope) };
}

function createReads<Row>(model: Model<Document>, { session }: Scope): Reads<Row> {
  const options = session ? { session } : {};
  const strictly = session ? { session, readConcern: { level: 'majority' } } : {};
  // A collection holds only what its own verbs have written.
  const toRow = (document: Document) => document as Row;
  const find = async (filter: Filter, { order = {}, limit = 0 }: Selection, reading = options) =>
    model.find(filter, null, reading).sort(order).limit(limit).lean<Document[]>();

  return {
    first: async (filter, order = {}) => (await find(filter, { order, limit: 1 })).map(toRow)[0],
    all: async (filter, selection = {}) => (await find(filter, selection)).map(toRow),
    allStrictly: async (filter, selection = {}) =>
      (await find(filter, selection, strictly)).map(toRow),
    page: async (filter, by, { cursor, limit }) => {
      const selection = { order: { [by]: -1, _id: -1 }, limit: limit + 1 } as const;
      const found = await find({ ...filter, ...behind(by, cursor) }, selection);
      const place = (row: Document) => ({ at: Number(row[by]), id: String(row['_id']) });
      const { data, ...rest } = pageOf(found, limit, place);
      return { data: data.map(toRow), ...rest };
    },
    count: (filter) => model.countDocuments(filter, options),
  };
}

function createWrites<Row extends object>(model: Model<Document>, { session }: Scope): Writes<Row> {
  const options = session ? { session } : {};
  const many = { ...options, ordered: false, throwOnValidationError: true };

  return {
    insert: async (row) => {
      const inserted = await unlessDuplicate(() => model.insertOne(toDocument(row), options));
      return inserted !== undefined;
    },
    insertEach: async (rows) => {
      const duplicates = await duplicatesAmong(() => model.insertMany(rows.map(toDocument), many));
      return rows.map((_, index) => !duplicates.has(index));
    },
    insertMissing: async (rows) => {
      if (rows.length === 0) return;
      await unlessDuplicate(() => model.insertMany(rows.map(toDocument), many));
    },
    change: async (filter, change, more) => {
      const { matchedCount } = await model.updateOne(filter, change, { ...options, ...more });
      return matchedCount > 0;
    },
    changeAll: async (filter, change) => {
      await model.updateMany(filter, change, options);
    },
    changed: async (filter, change, order = {}) => {
      const query = model.findOneAndUpdate(filter, change, { ...options, returnDocument: 'after' });
      const found = await unlessDuplicate(() => query.sort(order).lean<Document>().exec());
      return found ? (found as Row) : undefined;
    },
    remove: async (filter) => {
      await model.deleteOne(filter, options);
    },
  };
}

function toDocument(row: object): Document {
  return Object.fromEntries(Object.entries(row));
}

/** Undefined where a unique index objected. */
async function unlessDuplicate<Result>(write: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await write();
  } catch (error) {
    if (isDuplicateKey(error)) return undefined;
    throw error;
  }
}

/** The places of the rows that a unique index objected to. */
async function duplicatesAmong(write: () => Promise<unknown>): Promise<ReadonlySet<number>> {
  try {
    await write();
    return new Set();
  } catch (error) {
    if (isDuplicateKey(error)) return duplicatesIn(error);
    throw error;
  }
}
