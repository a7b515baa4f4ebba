import { setTimeout as pause } from 'node:timers/promises';
import { contentAttacks } from './content';
import { doorAttacks } from './doors';
import { journeyAttacks } from './journeys';
import { peopleAttacks } from './people';
import type { Attack } from './setting';

/** What the honest customer meets where nothing happens. */
const peace: Attack = {
  item: 0,
  name: 'nobody attacks',
  run: async ({ floodMs }) => {
    await pause(floodMs);
    return [];
  },
};

/** Every attack that has once done harm, in the order of its item. */
export const attacks: readonly Attack[] = [
  peace,
  ...doorAttacks,
  ...contentAttacks,
  ...peopleAttacks,
  ...journeyAttacks,
].toSorted((one, other) => one.item - other.item);
