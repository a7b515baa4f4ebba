import { mongo, type Connection, type Model } from 'mongoose';
import type { WorkspaceId } from '../../core/ids';
import {
  modelOf,
  refuseUnlisted,
  type AnyCollection,
  type Collection,
  type Document,
} from './collection';
import type { StoreScope } from './connection';
import { isUnstorable, unlessDuplicate } from './failures/failure';
import { createTryAgain } from './failures/try-again';
import { grouped } from './grouped';
import { insertDocuments } from './insert-documents';
import { filterOf, groupedSearch, type Sought } from './reading/grouped-search';
import { readDocuments, readWithin, type Bounds, type Selection } from './reading/read-documents';
import { beyond, pageOf, type Direction, type Page, type PageRequest } from './page';
import { createGuard, type Guard } from './personal/guard';
import type { Change } from './personal/seal-change';

export type Filter = Readonly<Document>;

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
  first: (filter: Filter, order?: Selection['order']) => Promise<Row | undefined>;
  all: (filter: Filter, selection?: Selection) => Promise<readonly Row[]>;
  /** Like `all`; with a session it misses nothing that was acknowledged before. */
  allStrictly: (filter: Filter, selection?: Selection) => Promise<readonly Row[]>;
  /** Like `allStrictly`, until the rows take `mostBytes`. `isCut` says that there may be more. */
  within: (
    filter: Filter,
    selection: Selection & Bounds,
  ) => Promise<Readonly<{ rows: readonly Row[]; isCut: boolean }>>;
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
  /** Inserts what is not there yet, and says for each row whether it was. */
  insertMissing: (rows: readonly Row[]) => Promise<readonly boolean[]>;
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
   * objects. `before` is the row as it was read, if the change rests on it.
   */
  changed: (filter: Filter, change: Change, before?: Row) => Promise<Row | undefined>;
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
  const guard = createGuard(collection, scope.vault);
  const place = { model, collection, guard };
  return {
    ...createReads<Row>(place, scope),
    ...createInserts<Row>(place, scope),
    ...createChanges<Row>(place, scope),
  };
}

const majority = new mongo.ReadConcern('majority');

type Place = Readonly<{ model: Model<Document>; collection: AnyCollection; guard: Guard }>;

function createReads<Row>({ model, guard }: Place, { session, retrying }: StoreScope): Reads<Row> {
  const tryAgain = createTryAgain(retrying);
  const options = session ? { session } : {};
  const strictly = session ? { session, readConcern: majority } : {};
  const toRows = async (documents: readonly Document[]) =>
    (await guard.open(documents)) as readonly Row[];
  const shown = <Asked extends Selection>(selection: Asked): Asked => ({
    ...selection,
    fields: selection.fields && guard.fields(selection.fields),
  });
  const find = (filter: Filter, selection: Selection, extra = options) =>
    tryAgain(() => readDocuments(model, filter, shown(selection), extra));
  const read = async (filter: Filter, selection: Selection, extra = options) =>
    toRows(await find(await guard.filter(filter), selection, extra));
  const searchIn = (field: string, matching: Filter = {}) => {
    const all = (filter: Filter) => find({ ...matching, ...filter }, {}, strictly);
    return session ? (sought: Sought) => all(filterOf(field, [sought])) : groupedSearch(all, field);
  };
  const byId = searchIn('_id');

  return {
    first: async (filter, order = {}) => (await read(filter, { order, limit: 1 }))[0],
    all: (filter, selection = {}) => read(filter, selection),
    allStrictly: (filter, selection = {}) => read(filter, selection, strictly),
    within: async (filter, selection) => {
      const guarded = await guard.filter(filter);
      const { documents, isCut } = await tryAgain(() =>
        readWithin(model, guarded, shown(selection), strictly),
      );
      return { rows: await toRows(documents), isCut };
    },
    get: async (workspace, id) => (await toRows(await byId({ workspace, values: [id] })))[0],
    searchBy: (field, matching) => {
      const search = searchIn(field, matching);
      return async (workspace, texts) => {
        const values = await guard.values(field, texts);
        return toRows(await search({ workspace, values }));
      };
    },
    page: async (filter, by, { cursor, limit }, direction = -1) => {
      const selection = { order: { [by]: direction, _id: direction }, limit: limit + 1 };
      const from = { ...(await guard.filter(filter)), ...beyond(by, direction, cursor) };
      const found = await find(from, selection);
      const place = (row: Document) => ({ at: Number(row[by]), id: String(row['_id']) });
      const { data, ...rest } = pageOf(found, limit, place);
      return { data: await toRows(data), ...rest };
    },
    count: (filter, limit) => tryAgain(() => model.countDocuments(filter, { ...options, limit })),
  };
}

type Inserts<Row> = Pick<Writes<Row>, 'insert' | 'insertMissing'>;

function createInserts<Row extends object>(
  { model, collection, guard }: Place,
  { session, retrying }: StoreScope,
): Inserts<Row> {
  const tryAgain = createTryAgain(retrying);
  const options = { ...(session && { session }), ordered: false, ignoreUndefined: true };
  const insertInGroup = grouped({
    ...groupingOf(session),
    run: (rows: readonly Document[]) =>
      insertDocuments(rows, tryAgain, (documents) =>
        model.collection.insertMany(documents, options),
      ),
  });
  const insert = async (row: Row) => {
    refuseUnlisted(collection, row);
    return insertInGroup(await guard.row(toDocument(row)));
  };
  return {
    insert,
    insertMissing: (rows) => Promise.all(rows.map(insert)),
  };
}

function createChanges<Row extends object>(
  { model, guard }: Place,
  { session, retrying }: StoreScope,
): Omit<Writes<Row>, keyof Inserts<Row>> {
  const tryAgain = createTryAgain(retrying);
  const options = session ? { session } : {};
  const after = { ...options, returnDocument: 'after' } as const;
  const toRows = async (documents: readonly Document[]) =>
    (await guard.open(documents)) as readonly Row[];
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
      const sealed = await guard.change({ filter, change });
      const { matchedCount } = await tryAgain(() =>
        model.updateOne(filter, sealed, { ...options, ...more }).exec(),
      );
      return matchedCount > 0;
    },
    changeAll: async (filter, change) => {
      const cleared = guard.clearing(change);
      await tryAgain(() => model.updateMany(filter, cleared, options).exec());
    },
    changed: async (filter, change, before) => {
      const sealed = await guard.change({ filter, change, before });
      const found = await unlessDuplicate(() =>
        tryAgain(() => model.findOneAndUpdate(filter, sealed, after).lean<Document>().exec()),
      );
      return found ? (await toRows([found]))[0] : undefined;
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
