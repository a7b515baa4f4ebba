import type { Change } from './change';
import { Collection } from './collection';

type Recorder = (change: Change) => void;

/**
 * All collections by namespace, `database.collection`; every change goes to `record`, first to
 * last.
 */
export class Catalog {
  readonly #collections = new Map<string, Collection>();
  readonly #record: Recorder;

  constructor(record: Recorder) {
    this.#record = record;
  }

  get(namespace: string): Collection | undefined {
    return this.#collections.get(namespace);
  }

  /** The collection to read: an empty one when there is none. */
  view(namespace: string): Collection {
    return this.get(namespace) ?? new Collection(namespace, () => undefined);
  }

  ensure(namespace: string): Collection {
    const existing = this.#collections.get(namespace);
    if (existing) return existing;
    const collection = new Collection(namespace, this.#record);
    this.#collections.set(namespace, collection);
    this.#record({ kind: 'create', namespace });
    return collection;
  }

  drop(namespace: string): boolean {
    if (!this.#collections.delete(namespace)) return false;
    this.#record({ kind: 'drop', namespace });
    return true;
  }

  all(): readonly Collection[] {
    return [...this.#collections.values()];
  }

  inDatabase(database: string): readonly Collection[] {
    return this.all().filter(({ namespace }) => namespace.startsWith(`${database}.`));
  }
}
