const lot = 2_000;

/** Does something so many times, a lot at a time, so that the store can group it. */
export async function inLots(count: number, work: (n: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < count; from += lot) {
    const size = Math.min(lot, count - from);
    await Promise.all(Array.from({ length: size }, (_, n) => work(from + n)));
  }
}
