import { Long, calculateObjectSize } from 'bson';
import { refuseTooLarge, type Doc } from './storage/document';
import { CommandError } from './failure';

/** What an answer shows of documents. It is asked batch by batch, since it may be much work. */
type Show = (docs: readonly Doc[]) => readonly Doc[];

type Results = Readonly<{ namespace: string; show: Show }>;
type Open = { rest: readonly Doc[]; usedAt: number } & Results;
type Start = Readonly<{ docs: readonly Doc[]; batchSize?: number | undefined; show?: Show }>;

const wholly: Show = (docs) => docs;

const defaultBatch = 101;
const largestBatchBytes = 15 * 1024 * 1024;
const mostOpen = 1000;
const idleForMs = 10 * 60_000;

/**
 * The results that clients have not fetched yet. Idle ones expire; beyond a cap no more are opened.
 */
export class Cursors {
  readonly #open = new Map<number, Open>();
  #last = 0;

  constructor(private readonly now: () => number) {}

  /** The `cursor` part of a first answer. */
  start(namespace: string, { docs, batchSize = defaultBatch, show = wholly }: Start): Doc {
    const { batch, rest } = split(docs, batchSize, show);
    return { firstBatch: batch, id: this.#keep({ namespace, show }, rest), ns: namespace };
  }

  /** The `cursor` part of the answer to `getMore`. */
  next(id: number, batchSize = Infinity): Doc {
    const cursor = this.#open.get(id);
    if (!cursor) throw new CommandError('CursorNotFound', `cursor id ${id} not found`);
    const { batch, rest } = split(cursor.rest, batchSize === 0 ? Infinity : batchSize, cursor.show);
    cursor.rest = rest;
    cursor.usedAt = this.now();
    if (rest.length === 0) this.#open.delete(id);
    return {
      nextBatch: batch,
      id: Long.fromNumber(rest.length === 0 ? 0 : id),
      ns: cursor.namespace,
    };
  }

  kill(id: number): boolean {
    return this.#open.delete(id);
  }

  expire(): void {
    for (const [id, { usedAt }] of this.#open)
      if (this.now() - usedAt > idleForMs) this.#open.delete(id);
  }

  #keep(results: Results, rest: readonly Doc[]): Long {
    if (rest.length === 0) return Long.ZERO;
    if (this.#open.size >= mostOpen) {
      throw new CommandError('InternalError', `${mostOpen} cursors are open; close some`);
    }
    this.#last += 1;
    this.#open.set(this.#last, { ...results, rest, usedAt: this.now() });
    return Long.fromNumber(this.#last);
  }
}

function split(
  docs: readonly Doc[],
  batchSize: number,
  show: Show,
): { batch: readonly Doc[]; rest: readonly Doc[] } {
  const shown = show(docs.slice(0, batchSize));
  let bytes = 0;
  let count = 0;
  for (const doc of shown) {
    const size = calculateObjectSize(doc);
    refuseTooLarge(size);
    bytes += size;
    if (count > 0 && bytes > largestBatchBytes) break;
    count += 1;
  }
  return { batch: shown.slice(0, count), rest: docs.slice(count) };
}
