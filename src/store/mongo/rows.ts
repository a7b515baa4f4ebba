import type { Connection, Model } from 'mongoose';
import type { WorkspaceId } from '../../core/ids';
import {
  modelOf,
  refuseUnlisted,
  rowReader,
  type AnyCollection,
  type Collection,
  type Document,
} from './collection';
import type { StoreScope } from './connection';
import { isDuplicateKey, isUnstorable } from './failures/failure';
import { createTryAgain } from './failures/try-again';
import { grouped } from './grouped';
import { insertDocuments } from './insert-documents';
import { filterOf, groupedSearch, type Sought } from './grouped-search';
import { beyond, pageOf, type Direction, type Page, type PageRequest } from './page';

export type Filter = Readonly<Document>;
type Order = Readonly<Record<string, Direction>>;
/** With `fields` the rows hold these and their id alone. */
type Selection = Readonly<{
  order?: Order;
  limit?: number;
  fields?: Readonly<Record<string, 1>>;
}>;

/** Update operators, each with the paths it changes. */
type Change = Readonly<Record<`$${string}`, Readonly<Document>>>;
type BlindChange = Readonly<{
  filter: Filter;
  update: Change;
  arrayFilters?: Document[];
  /** `one` by default. */
  reach?: 'one' | 'all';
}>;

/** Finds the rows of a workspace. Inside a session it misses nothing acknowledged before. */
export type Search<Row> = (
  workspace: WorkspaceId,
  values: readonly string[],
) => Promise<readonly Row[]>;

type Reads<Row> = Readonly<{
  first: (filter: Filter, order?: Order) => Promise<Row | undefined>;
  all: (filter: Filter, selection?: Selection) => Promise<readonly Row[]>;
  /** Like `all`; with a session it misses nothing that was acknowledged before. */
  allStrictly: (filter: Filter, selection?: Selection) => Promise<readonly Row[]>;
  /** Like `allStrictly` by its id; concurrent calls share a command, outside a session. */
  get: (workspace: WorkspaceId, id: string) => Promise<Row | undefined>;
  /**
   * Makes a search for the rows that match and hold a value in `field`. An array holds each of its
   * items. Concurrent searches share a command, outside a session.
   */
  searchBy: (field: string, matching?: Filter) => Search<Row>;
  /** In the order of `by`, a number; descending unless it is said otherwise. */
  page: (
    filter: Filter,
    by: string,
    request: PageRequest,
    direction?: Direction,
  ) => Promise<Page<Row>>;
  /** Counts no further than `most`. */
  count: (filter: Filter, most: number) => Promise<number>;
}>;

type Writes<Row> = Readonly<{
  /**
   * False where a unique index already holds such a row. Concurrent ones share a command, outside a
   * session.
   */
  insert: (row: Row) => Promise<boolean>;
  /** Inserts what is not there yet. */
  insertMissing: (rows: readonly Row[]) => Promise<void>;
  /** Changes the one row that matches, and says whether there was one. */
  change: (
    filter: Filter,
    change: Change,
    options?: Readonly<{ upsert?: boolean }>,
  ) => Promise<boolean>;
  /**
   * Changes the row, or all rows, that match. Concurrent calls share a command, so it cannot say
   * whether there were any.
   */
  changeBlindly: (change: BlindChange) => Promise<void>;
  /** Changes every row that matches, one after another. */
  changeAll: (filter: Filter, change: Change) => Promise<void>;
  /**
   * Changes a row that matches and answers it as it is then. Undefined also where a unique index
   * objects.
   */
  changed: (filter: Filter, change: Change) => Promise<Row | undefined>;
  remove: (filter: Filter) => Promise<void>;
}>;

/** The documents of one collection as plain values; each write is atomic for one document. */
export type Rows<Row> = Reads<Row> & Writes<Row>;

export function createRows<Row extends object>(
  connection: Connection,
  collection: Collection<Row>,
  scope: StoreScope,
): Rows<Row> {
  const model = modelOf(connection, collection);
  return {
    ...createReads<Row>(model, collection, scope),
    ...createInserts<Row>(model, collection, scope),
    ...createChanges<Row>(model, collection, scope),
  };
}

function createReads<Row>(
  model: Model<Document>,
  collection: AnyCollection,
  { session, retrying }: StoreScope,
): Reads<Row> {
  const tryAgain = createTryAgain(retrying);
  const options = session ? { session } : {};
  const strictly = session ? { session, readConcern: { level: 'majority' } } : {};
  const read = rowReader(collection);
  const toRow = (document: Document) => read(document) as Row;
  // The driver's own: what mongoose would cast and hydrate is stored as it is meant.
  const find = (
    filter: Filter,
    { order: sort = {}, limit = 0, fields }: Selection,
    extra = options,
  ) => {
    const reading = { ...extra, sort, limit, ...(fields && { projection: fields }) };
    return tryAgain(() => model.collection.find<Document>(filter, reading).toArray());
  };
  const searchIn = (field: string, matching: Filter = {}) => {
    const all = (filter: Filter) => find({ ...matching, ...filter }, {}, strictly);
    return session ? (sought: Sought) => all(filterOf(field, [sought])) : groupedSearch(all, field);
  };
  const byId = searchIn('_id');

  return {
    first: async (filter, order = {}) => (await find(filter, { order, limit: 1 })).map(toRow)[0],
    all: async (filter, selection = {}) => (await find(filter, selection)).map(toRow),
    allStrictly: async (filter, selection = {}) =>
      (await find(filter, selection, strictly)).map(toRow),
    get: async (workspace, id) => (await byId({ workspace, values: [id] })).map(toRow)[0],
    searchBy: (field, matching) => {
      const search = searchIn(field, matching);
      return async (workspace, values) => (await search({ workspace, values })).map(toRow);
    },
    page: async (filter, by, { cursor, limit }, direction = -1) => {
      const selection = { order: { [by]: direction, _id: direction }, limit: limit + 1 };
      const found = await find({ ...filter, ...beyond(by, direction, cursor) }, selection);
      const place = (row: Document) => ({ at: Number(row[by]), id: String(row['_id']) });
      const { data, ...rest } = pageOf(found, limit, place);
      return { data: data.map(toRow), ...rest };
    },
    count: (filter, limit) => tryAgain(() => model.countDocuments(filter, { ...options, limit })),
  };
}

type Inserts<Row> = Pick<Writes<Row>, 'insert' | 'insertMissing'>;

function createInserts<Row extends object>(
  model: Model<Document>,
  collection: AnyCollection,
  { session, retrying }: StoreScope,
): Inserts<Row> {
  const tryAgain = createTryAgain(retrying);
  const options = { ...(session && { session }), ordered: false, ignoreUndefined: true };
  const insertInGroup = grouped({
    ...groupingOf(session),
    run: (rows: readonly Row[]) =>
      insertDocuments(rows.map(toDocument), tryAgain, (documents) =>
        model.collection.insertMany(documents, options),
      ),
  });
  const insert = async (row: Row) => {
    refuseUnlisted(collection, row);
    return insertInGroup(row);
  };
  return {
    insert,
    insertMissing: async (rows) => {
      await Promise.all(rows.map(insert));
    },
  };
}

function createChanges<Row>(
  model: Model<Document>,
  collection: AnyCollection,
  { session, retrying }: StoreScope,
): Omit<Writes<Row>, keyof Inserts<Row>> {
  const tryAgain = createTryAgain(retrying);
  const options = session ? { session } : {};
  const after = { ...options, returnDocument: 'after' } as const;
  const read = rowReader(collection);
  const toRow = (document: Document) => read(document) as Row;
  const changeInGroup = grouped({
    ...groupingOf(session),
    run: async (changes: readonly BlindChange[]) => {
      await tryAgain(() => model.collection.bulkWrite(changes.map(statementOf), options));
      return changes.map(() => true);
    },
  });
  return {
    changeBlindly: async (change) => {
      await changeInGroup(change);
    },
    change: async (filter, change, more) => {
      const { matchedCount } = await tryAgain(() =>
        model.updateOne(filter, change, { ...options, ...more }).exec(),
      );
      return matchedCount > 0;
    },
    changeAll: async (filter, change) => {
      await tryAgain(() => model.updateMany(filter, change, options).exec());
    },
    changed: async (filter, change) => {
      const found = await unlessDuplicate(() =>
        tryAgain(() => model.findOneAndUpdate(filter, change, after).lean<Document>().exec()),
      );
      return found ? toRow(found) : undefined;
    },
    remove: async (filter) => {
      await tryAgain(() => model.deleteOne(filter, options).exec());
    },
  };
}

/** A session does one command at a time. */
function groupingOf(session: StoreScope['session']) {
  return { isItemsFault: isUnstorable, mostGroups: session ? 1 : 2 };
}

function statementOf({ reach, ...change }: BlindChange) {
  return reach === 'all' ? { updateMany: change } : { updateOne: change };
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
