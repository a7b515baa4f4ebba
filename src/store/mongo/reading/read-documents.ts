import { mongo, type Model } from 'mongoose';
import type { Document } from '../collection';
import type { Direction } from '../page';

/** With `fields` the documents hold these and their id alone. */
export type Selection = Readonly<{
  order?: Readonly<Record<string, Direction>>;
  limit?: number;
  fields?: Readonly<Record<string, 1>> | undefined;
}>;

/** The bytes that all documents take together. The last of them may go beyond it. */
export type Bounds = Readonly<{ mostBytes: number }>;

/** `isCut` says that there may be more documents than a limit or bounds allow. */
type Found = Readonly<{ documents: readonly Document[]; isCut: boolean }>;

type Options = Pick<mongo.FindOptions, 'session' | 'readConcern'>;

/**
 * The documents that are decoded together. Other work goes on between two batches, however large
 * the documents are. A search that bounds their bytes expects large ones.
 */
const batchSizes = { bounded: 10, other: 50 };

/** Reads the documents that match. */
export function readDocuments(
  model: Model<Document>,
  filter: Readonly<Document>,
  selection: Selection,
  options: Options,
): Promise<readonly Document[]> {
  return cursorOf(model, filter, selection, { ...options, batchSize: batchSizes.other }).toArray();
}

/** Reads the documents that match, as far as the bounds allow. */
export async function readWithin(
  model: Model<Document>,
  filter: Readonly<Document>,
  { mostBytes, ...selection }: Selection & Bounds,
  options: Options,
): Promise<Found> {
  const reading = { ...options, batchSize: batchSizes.bounded };
  const documents: Document[] = [];
  let bytes = 0;
  for await (const document of cursorOf(model, filter, selection, reading)) {
    documents.push(document);
    bytes += mongo.BSON.calculateObjectSize(document);
    if (bytes >= mostBytes) break;
  }
  return { documents, isCut: bytes >= mostBytes || documents.length === selection.limit };
}

/** The driver's own: what mongoose would cast and hydrate is stored as it is meant. */
function cursorOf(
  { collection }: Model<Document>,
  filter: Readonly<Document>,
  { order: sort = {}, limit = 0, fields }: Selection,
  options: Options & Readonly<{ batchSize: number }>,
) {
  const projection = fields && { projection: fields };
  return collection.find<Document>(filter, { ...options, sort, limit, ...projection });
}
