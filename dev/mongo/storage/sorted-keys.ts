const largestBlock = 1024;
/** No key goes on with it, so that it comes after all that begin alike. */
const last = '\uffff';

/** A sorted set of strings that stays fast to change at any size: a list of short sorted blocks. */
export class SortedKeys {
  #blocks: string[][] = [[]];

  add(key: string): void {
    const at = this.#blockOf(key);
    const block = this.#blocks[at] ?? [];
    const index = firstAtLeast(block, key);
    if (block[index] === key) return;
    block.splice(index, 0, key);
    if (block.length > largestBlock) this.#blocks.splice(at + 1, 0, block.splice(largestBlock / 2));
  }

  delete(key: string): void {
    const at = this.#blockOf(key);
    const block = this.#blocks[at] ?? [];
    const index = firstAtLeast(block, key);
    if (block[index] !== key) return;
    block.splice(index, 1);
    if (block.length === 0 && this.#blocks.length > 1) this.#blocks.splice(at, 1);
  }

  startingWith(prefix: string, backwards = false): Generator<string> {
    return this.between(prefix, `${prefix}${last}`, backwards);
  }

  /** Both bounds count. */
  *between(least: string, most: string, backwards = false): Generator<string> {
    const keys = backwards ? this.#downFrom(most) : this.#from(least);
    for (const key of keys) {
      if (backwards ? key < least : key > most) return;
      yield key;
    }
  }

  *#from(least: string): Generator<string> {
    let at = this.#blockOf(least);
    let index = firstAtLeast(this.#blocks[at] ?? [], least);
    for (let block = this.#blocks[at]; block; block = this.#blocks[++at]) {
      yield* block.slice(index);
      index = 0;
    }
  }

  *#downFrom(most: string): Generator<string> {
    let at = this.#blockOf(most);
    let after = firstAtLeast(this.#blocks[at] ?? [], `${most}\u0000`);
    for (let block = this.#blocks[at]; block; block = this.#blocks[--at]) {
      yield* block.slice(0, after).reverse();
      after = largestBlock;
    }
  }

  /** The last block whose first key is not after `key`. */
  #blockOf(key: string): number {
    let [low, high] = [0, this.#blocks.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const first = this.#blocks[middle]?.[0];
      if (first !== undefined && first <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function firstAtLeast(block: readonly string[], key: string): number {
  let [low, high] = [0, block.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((block[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
