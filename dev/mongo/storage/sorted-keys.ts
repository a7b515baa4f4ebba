const largestBlock = 1024;

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

  *startingWith(prefix: string): Generator<string> {
    for (const key of this.#from(prefix)) {
      if (!key.startsWith(prefix)) return;
      yield key;
    }
  }

  *between(least: string, most: string): Generator<string> {
    for (const key of this.#from(least)) {
      if (key > most) return;
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
