import {
  Schema,
  type Connection,
  type IndexDefinition,
  type IndexOptions,
  type Model,
} from 'mongoose';
import type { Personal } from './personal/personal';
import { readableJson } from './storable-json';

export type Document = Record<string, unknown>;

type Naming = Readonly<{
  name: string;
  indexes?: readonly (readonly [keys: IndexDefinition, options?: IndexOptions])[];
  personal?: Personal;
}>;

/** The fields of a row, also of those that only some kinds of it have. */
type FieldName<Row> = Row extends unknown ? Exclude<keyof Row, '_id'> : never;
type Value<Row, Name> = Row extends unknown ? (Name extends keyof Row ? Row[Name] : never) : never;

type FieldOf<Value> = Value extends string
  ? typeof String
  : Value extends number
    ? typeof Number
    : Value extends boolean
      ? typeof Boolean
      : Value extends Date
        ? typeof Date
        : (typeof String)[] | typeof Schema.Types.Mixed;

/**
 * A collection lists every field of its row and no other. A row with an unlisted field is refused,
 * so that nothing is dropped in silence.
 */
export type Collection<Row> = Naming &
  Readonly<{
    fields: {
      readonly [Name in FieldName<Row>]-?: FieldOf<Exclude<Value<Row, Name>, undefined>>;
    };
  }>;

/** A collection, whatever its rows are. */
export type AnyCollection = Naming & Readonly<{ fields: object }>;

/** Free-form JSON and nested values, stored as they are. */
export const json = Schema.Types.Mixed;

/** Commands fail at once instead of waiting for a connection. Indexes are created on demand. */
const schemaOptions = {
  id: false,
  versionKey: false,
  minimize: false,
  strict: 'throw',
  bufferCommands: false,
  autoIndex: false,
  autoCreate: false,
} as const;

export function modelOf(connection: Connection, collection: AnyCollection): Model<Document> {
  const { name, fields, indexes = [], personal } = collection;
  if (connection.modelNames().includes(name)) return connection.model<Document>(name);
  const schema: Schema = new Schema(
    { _id: String, ...fields, ...(personal && { sealed: json }) },
    { ...schemaOptions, collection: name },
  );
  for (const [keys, options] of indexes) schema.index(keys, options);
  return connection.model<Document>(name, schema);
}

/** Reads what the verbs of a collection have written. Names in its JSON are escaped. */
export function rowReader({ fields }: AnyCollection): (document: Document) => Document {
  const free = Object.entries(fields).flatMap(([name, type]) => (type === json ? [name] : []));
  return (document) => {
    const read = free.map((name) => [name, readableJson(document[name])] as const);
    const changed = read.filter(([name, value]) => value !== document[name]);
    return changed.length > 0 ? { ...document, ...Object.fromEntries(changed) } : document;
  };
}

/** Throws where a row has an unlisted field, which the driver would store unseen. */
export function refuseUnlisted({ name, fields }: AnyCollection, row: object): void {
  const unlisted = Object.keys(row).find(
    (field) => field !== '_id' && !Object.hasOwn(fields, field),
  );
  if (unlisted !== undefined) throw new Error(`${name} has no field "${unlisted}"`);
}
