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

/**
 * Reads the documents that match. It goes past mongoose: what that would cast and hydrate is stored
 * as it is meant.
 */
export async function readDocuments(
  { collection }: Model<Document>,
  filter: Readonly<Document>,
  { order: sort = {}, limit = 0, fields, mostBytes = Infinity }: Selection & Partial<Bounds>,
  options: Options,
): Promise<Found> {
  const projection = fields && { projection: fields };
  const batchSize = mostBytes === Infinity ? batchSizes.other : batchSizes.bounded;
  const reading = { ...options, sort, limit, batchSize, ...projection };
  const cursor = collection.find<Document>(filter, reading);
  const documents: Document[] = [];
  let bytes = 0;
  for await (const document of cursor) {
    documents.push(document);
    bytes += mostBytes === Infinity ? 0 : mongo.BSON.calculateObjectSize(document);
    if (bytes >= mostBytes) break;
  }
  return { documents, isCut: bytes >= mostBytes || documents.length === limit };
}
