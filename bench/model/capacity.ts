import { kinds, parts, type ServiceTimes } from './service-times';
import type { House } from './work';
import type { Rates } from './works';

export type Use = Readonly<{
  part: string;
  /** The number of cores that it keeps busy. */
  busy: number;
  /** The most that it can. */
  most: number;
}>;

/** The cores that each part needs for these rates, and all of them together. */
export function usesOf(times: ServiceTimes, rates: Rates, house: House): readonly Use[] {
  const uses = parts.map((part) => {
    const busy = kinds.map((kind) => (rates[kind] * (times[kind][part] ?? 0)) / 1_000);
    const { processes = 0, threads = 0 } = house.parts[part] ?? {};
    return { part, busy: sum(busy), most: Math.min(house.cores, processes * threads) };
  });
  return [...uses, { part: 'cores', busy: sum(uses.map(({ busy }) => busy)), most: house.cores }];
}

/** The part that is used most, as a share of what it can do. */
export function firstToSaturate(uses: readonly Use[]): Use {
  return uses.reduce((first, use) => (shareOf(use) > shareOf(first) ? use : first));
}

export function shareOf({ busy, most }: Use): number {
  return busy / most;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
