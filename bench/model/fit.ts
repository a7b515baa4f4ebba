import { exponential } from './draws';
import type { Cost } from './service-times';
import { simulate } from './simulate';
import type { House, Work } from './work';

/** A cost that a piece of work has for itself, and one that it shares with those of its group. */
export type Shares = Readonly<{ each: Cost; shared: Cost }>;

type Given = Readonly<{
  /** Of work that comes alone, and of work that comes from so many lanes. */
  alone: Cost;
  together: Cost;
  lanes: number;
  house: House;
  stepsOf: (shares: Shares) => Work['steps'];
  random: () => number;
}>;

const rounds = 4;

/**
 * Work that comes together costs less, as it shares commands. Finds the shares which, simulated in
 * the same lanes, cost what was measured of both.
 */
export function fit({ alone, together, lanes, house, stepsOf, random }: Given): Shares {
  let shares = sharesFor(alone, together, lanes / 4);
  for (let round = 0; round < rounds; round += 1) {
    const steps = stepsOf(shares);
    const work = { name: 'fit', arrivals: { lanes }, steps, answeredAfter: steps.length };
    const draw = () => exponential(random);
    const { groupSize } = simulate({
      house,
      works: [work],
      warmUpMs: 500,
      forMs: 5_000,
      random,
      draw,
    });
    shares = sharesFor(alone, together, groupSize);
  }
  return shares;
}

/** `alone` is each + shared; `together` is each + shared / size. */
function sharesFor(alone: Cost, together: Cost, size: number): Shares {
  const parts = Object.entries(together).map(([part, ms]) => {
    const before = alone[part] ?? ms;
    const shared = size > 1 ? Math.min(before, Math.max(0, (before - ms) / (1 - 1 / size))) : 0;
    return [part, shared, Math.max(0, ms - shared / size)] as const;
  });
  return {
    each: Object.fromEntries(parts.map(([part, , each]) => [part, each])),
    shared: Object.fromEntries(parts.map(([part, shared]) => [part, shared])),
  };
}
