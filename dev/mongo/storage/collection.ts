import type { Change } from './change';
import { encodeDoc, keyOf, type Doc } from './document';
import { CommandError } from '../failure';
import type { IndexSpec } from './index-spec';
import {
  carryOut,
  createIndex,
  duplicateKey,
  moveIn,
  refuseDuplicate,
  removeEntries,
  type Index,
} from './indexes';
import { sortDocs } from '../query/order';
import { idIndex, planLookup, type Plan } from '../query/plan';
import { createMatcher } from '../query/query';

/** The documents of a search, and how they were found. */
export type Found = Readonly<{
  docs: readonly Doc[];
  plan: Plan | undefined;
  isSorted: boolean;
  /** The number of documents that were looked at. */
  examined: number;
}>;

/**
 * The live documents of one collection and its indexes; a document is never changed, only replaced.
 */
export class Collection {
  readonly #documents = new Map<string, Doc>();
  readonly #indexes = new Map<string, Index>();

  constructor(
    readonly namespace: string,
    private readonly record: (change: Change) => void,
  ) {}

  get indexes(): readonly IndexSpec[] {
    return [idIndex, ...this.declaredIndexes];
  }

  get declaredIndexes(): readonly IndexSpec[] {
    return [...this.#indexes.values()].map(({ spec }) => spec);
  }

  documents(): Iterable<Doc> {
    return this.#documents.values();
  }

  /**
   * The documents that match, in the order of `sort`, else of insertion or of an index; at most
   * `enough`.
   */
  find(filter: Doc, sort: Doc = {}, enough = Infinity): readonly Doc[] {
    return this.search(filter, sort, enough).docs;
  }

  /** Like `find`, and says how. */
  search(filter: Doc, sort: Doc = {}, enough = Infinity): Found {
    const plan = planLookup(filter, sort, this.#indexes.values());
    const isSorted = Object.keys(sort).length > 0 && plan?.isOrdered !== true;
    const matches = createMatcher(plan?.rest ?? filter);
    const candidates = plan ? this.#byIds(plan.ids) : this.#documents.values();
    const { docs, examined } = sift(candidates, matches, isSorted ? Infinity : enough);
    const inOrder = isSorted ? sortDocs(docs, sort).slice(0, enough) : docs;
    return { docs: inOrder, plan, isSorted, examined };
  }

  *#byIds(ids: Iterable<string>): Generator<Doc> {
    for (const id of ids) {
      const doc = this.#documents.get(id);
      if (doc) yield doc;
    }
  }

  insert(doc: Doc): void {
    encodeDoc(doc);
    if (this.#documents.has(idOf(doc))) throw duplicateKey(idIndex, this.namespace, [doc['_id']]);
    this.put(doc);
  }

  /** Puts `next` in the place of `current`; answers whether anything changed. */
  replace(current: Doc, next: Doc): boolean {
    if (idOf(next) !== idOf(current)) {
      throw new CommandError('ImmutableField', `The update would change the immutable field '_id'`);
    }
    if (Buffer.compare(encodeDoc(current), encodeDoc(next)) === 0) return false;
    this.put(next);
    return true;
  }

  /**
   * Stores the document under its `_id`, in the place of another or as a new one; throws E11000.
   */
  put(doc: Doc): void {
    const id = idOf(doc);
    const before = this.#documents.get(id);
    const moves = [...this.#indexes.values()].flatMap((index) =>
      moveIn(index, id, { before, doc }),
    );
    for (const move of moves) refuseDuplicate(move, this.namespace);
    for (const move of moves) carryOut(move);
    this.#documents.set(id, doc);
    this.record({ kind: 'put', namespace: this.namespace, doc });
  }

  remove({ _id }: Doc): void {
    const id = keyOf(_id);
    const doc = this.#documents.get(id);
    if (!doc) return;
    for (const index of this.#indexes.values()) removeEntries(index, id, doc);
    this.#documents.delete(id);
    this.record({ kind: 'remove', namespace: this.namespace, id: _id });
  }

  /** Builds an index over the documents there are; throws E11000 when they do not fit it. */
  addIndex(spec: IndexSpec): void {
    const index = createIndex(spec);
    for (const [id, doc] of this.#documents) {
      for (const move of moveIn(index, id, { doc })) {
        refuseDuplicate(move, this.namespace);
        carryOut(move);
      }
    }
    this.#indexes.set(spec.name, index);
    this.record({ kind: 'index', namespace: this.namespace, spec });
  }

  dropIndex(name: string): void {
    this.#indexes.delete(name);
    this.record({ kind: 'unindex', namespace: this.namespace, name });
  }
}

/** Looks at candidates until there are enough that match. */
function sift(
  candidates: Iterable<Doc>,
  matches: (doc: Doc) => boolean,
  enough: number,
): Pick<Found, 'docs' | 'examined'> {
  const docs: Doc[] = [];
  let examined = 0;
  for (const doc of candidates) {
    examined += 1;
    if (matches(doc)) docs.push(doc);
    if (docs.length === enough) break;
  }
  return { docs, examined };
}

function idOf(doc: Doc): string {
  return keyOf(doc['_id']);
}
