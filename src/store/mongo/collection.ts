import {
  Schema,
  type Connection,
  type IndexDefinition,
  type IndexOptions,
  type Model,
} from 'mongoose';

type Field =
  | typeof String
  | typeof Number
  | typeof Boolean
  | typeof Date
  | (typeof String)[]
  | typeof Schema.Types.Mixed;

export type Document = Record<string, unknown>;

/** What a collection holds. A field that is not listed is refused, so that nothing is dropped in silence. */
export type Collection = Readonly<{
  name: string;
  fields: Readonly<Record<string, Field>>;
  indexes?: readonly (readonly [keys: IndexDefinition, options?: IndexOptions])[];
}>;

/** Free-form JSON and nested values, stored as they are. */
export const json = Schema.Types.Mixed;

/** Commands fail at once instead of waiting for a connection; indexes are created when they are asked for. */
const schemaOptions = {
  id: false,
  versionKey: false,
  minimize: false,
  strict: 'throw',
  bufferCommands: false,
  autoIndex: false,
  autoCreate: false,
} as const;

export function modelOf(connection: Connection, collection: Collection): Model<Document> {
  const { name, fields, indexes = [] } = collection;
  if (connection.modelNames().includes(name)) return connection.model<Document>(name);
  const schema: Schema = new Schema(
    { _id: String, ...fields },
    { ...schemaOptions, collection: name },
  );
  for (const [keys, options] of indexes) schema.index(keys, options);
  return connection.model<Document>(name, schema);
}
