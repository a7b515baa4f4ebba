/** A length in shares of its mean. `random` is uniform in [0, 1). */
export function exponential(random: () => number): number {
  return -Math.log(1 - random());
}
