import {
  closeSync,
  existsSync,
  fsync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';
import { serialize } from 'bson';
import { change as changeSchema, type Change } from './change';
import { decodeDoc } from './document';

const chunkBytes = 4 * 1024 * 1024;
const smallestRecord = 5;
const largestRecord = 20 * 1024 * 1024;
const smallestRewrite = 64 * 1024 * 1024;
/** So much is written at a time while commands wait, and brought to the disk while they go on. */
const stepBytes = 512 * 1024;
const synced = promisify(fsync);

/**
 * The append-only file behind a store: BSON records, one for each change. `flush` hands what was
 * appended to the operating system in one write, so an acknowledged change survives the death of
 * the process (kill -9). It does not call fsync: a power cut may lose the last seconds. One process
 * for each file; whoever starts the store sees to that.
 */
export class Log {
  #file: number | undefined;
  #pending: Uint8Array[] = [];
  #bytes = 0;
  #compactBytes = 0;
  #failure: Error | undefined;
  /** What was written since a rewrite in steps began. */
  #since: Uint8Array[] | undefined;

  /** Without a path nothing is kept. */
  constructor(private readonly path: string | undefined) {}

  /**
   * The changes of the earlier runs; an unfinished record at the end was never acknowledged and is
   * left out.
   */
  *read(): Generator<Change> {
    if (this.path === undefined || !existsSync(this.path)) return;
    const file = openSync(this.path, 'r');
    try {
      for (const record of recordsIn(file, this.path)) yield changeSchema.parse(decodeDoc(record));
    } finally {
      closeSync(file);
    }
  }

  /** Rewrites the file from a snapshot, beside the old one and then in its place. */
  rewrite(snapshot: Iterable<Change>): void {
    if (this.path === undefined) return;
    const fresh = `${this.path}.new`;
    const file = openSync(fresh, 'w');
    let bytes = 0;
    for (const step of stepsOf(snapshot)) bytes += writeAll(file, step);
    fsyncSync(file);
    renameSync(fresh, this.path);
    this.close();
    this.#file = file;
    this.#bytes = bytes;
    this.#compactBytes = bytes;
  }

  /**
   * Like `rewrite`, in steps between which commands are answered. What they change meanwhile goes
   * into both files. `snapshot` is of one instant.
   */
  async shrink(snapshot: readonly Change[]): Promise<void> {
    if (this.path === undefined || this.#since) return;
    this.#since = [];
    const fresh = `${this.path}.new`;
    const file = openSync(fresh, 'w');
    try {
      const compactBytes = await this.#writeInSteps(file, snapshot);
      if (this.#file === undefined) {
        closeSync(file);
        return;
      }
      this.#bytes = compactBytes + writeAll(file, this.#since);
      renameSync(fresh, this.path);
      this.close();
      this.#file = file;
      this.#compactBytes = compactBytes;
    } catch (error) {
      closeSync(file);
      this.#fail(error);
    } finally {
      this.#since = undefined;
    }
  }

  /** Ends early where the log is closed meanwhile. */
  async #writeInSteps(file: number, snapshot: readonly Change[]): Promise<number> {
    let written = 0;
    for (const step of stepsOf(snapshot)) {
      written += writeAll(file, step);
      await synced(file);
      if (this.#file === undefined) return written;
    }
    return written;
  }

  append(change: Change): void {
    if (this.#file !== undefined) this.#pending.push(serialize(change));
  }

  /**
   * After a failed write nothing can be acknowledged any more: every later call throws the same
   * error.
   */
  flush(): void {
    if (this.#failure) throw this.#failure;
    if (this.#file === undefined || this.#pending.length === 0) return;
    try {
      this.#write(this.#file);
    } catch (error) {
      throw this.#fail(error);
    }
  }

  #fail(cause: unknown): Error {
    this.#failure = new Error(`Cannot write ${this.path ?? 'the log'}; restart the store`, {
      cause,
    });
    return this.#failure;
  }

  get isBloated(): boolean {
    if (this.#since || this.#failure) return false;
    return this.#bytes > smallestRewrite && this.#bytes > 4 * this.#compactBytes;
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #write(file: number): void {
    const records = this.#pending;
    this.#pending = [];
    this.#bytes += writeAll(file, records);
    this.#since?.push(...records);
  }
}

/** The records of some changes, so many at a time as make a step. */
function* stepsOf(changes: Iterable<Change>): Generator<readonly Uint8Array[]> {
  let step: Uint8Array[] = [];
  let bytes = 0;
  for (const change of changes) {
    const record = serialize(change);
    step.push(record);
    bytes += record.length;
    if (bytes < stepBytes) continue;
    yield step;
    step = [];
    bytes = 0;
  }
  if (step.length > 0) yield step;
}

/** Writes all records at once and answers how many bytes these were. */
function writeAll(file: number, records: readonly Uint8Array[]): number {
  const all = Buffer.concat(records);
  let rest = all;
  while (rest.length > 0) rest = rest.subarray(writeSync(file, rest));
  return all.length;
}

function* recordsIn(file: number, path: string): Generator<Buffer> {
  let buffered = Buffer.alloc(0);
  let at = 0;
  for (const chunk of chunksOf(file)) {
    buffered = Buffer.concat([buffered, chunk]);
    while (buffered.length >= 4) {
      const length = buffered.readInt32LE(0);
      const isDamaged = length < smallestRecord || length > largestRecord;
      if (isDamaged || (length <= buffered.length && buffered[length - 1] !== 0)) {
        throw new Error(`${path} is damaged at byte ${at}; move it away to start empty`);
      }
      if (length > buffered.length) break;
      yield buffered.subarray(0, length);
      buffered = buffered.subarray(length);
      at += length;
    }
  }
}

function* chunksOf(file: number): Generator<Buffer> {
  for (;;) {
    const chunk = Buffer.alloc(chunkBytes);
    const length = readSync(file, chunk);
    if (length === 0) return;
    yield chunk.subarray(0, length);
  }
}
