import type { Cost, ServiceTimes } from './service-times';
import type { Burst, Command, Step, Work } from './work';

/** Events a second by kind. */
export type Rates = Readonly<Record<keyof ServiceTimes, number>>;

/** As `mostGroups` of `store/mongo/grouped` is. */
const atOnce = 2;

/** The commands of the store that an event waits for, in turn. */
const accepting = ['contacts', 'enrollments', 'events'] as const;
const settling = ['owed', 'applied', 'marked'] as const;

/** What the three kinds of events are made of: accepted first, then carried through. */
export function worksOf(times: ServiceTimes, rates: Rates): readonly Work[] {
  const kinds = ['unheard', 'heard', 'start'] as const;
  return kinds.map((kind) => {
    const accepted = acceptance(times.unheard);
    return {
      name: kind,
      arrivals: { perSecond: rates[kind] },
      steps: kind === 'unheard' ? accepted : [...accepted, ...carryThrough(times, kind)],
      answeredAfter: accepted.length,
    };
  });
}

/** The api reads the request, asks the store three times, and answers. */
function acceptance(cost: Cost): readonly (Step | Command)[] {
  const api = of(cost, 'api');
  return [
    burst('api', api / 4),
    ...commands(accepting, { api: api / 2, store: of(cost, 'store') }),
    burst('api', api / 4),
  ];
}

/** Settled, told to Temporal, and done by the worker, less what the acceptance has cost. */
function carryThrough(times: ServiceTimes, kind: 'heard' | 'start'): readonly (Step | Command)[] {
  const left = (part: string) => Math.max(0, of(times[kind], part) - of(times.unheard, part));
  const [first, second, ...others] = commands(settling, { api: left('api'), store: left('store') });
  const temporal = [1, 2, 3, 4].flatMap(() => [
    burst('temporal', left('temporal') / 4),
    burst('postgres', left('postgres') / 4),
  ]);
  const half = temporal.length / 2;
  return [
    ...[first, second].filter((step) => step !== undefined),
    ...temporal.slice(0, half),
    burst('worker', left('worker')),
    ...temporal.slice(half),
    ...others,
  ];
}

function commands(names: readonly string[], cost: Cost): readonly Command[] {
  const api = burst('api', of(cost, 'api') / names.length / 2);
  const store = burst('store', of(cost, 'store') / names.length);
  return names.map((name) => ({ kind: 'command', name, atOnce, steps: [api, store, api] }));
}

function burst(part: string, ms: number): Burst {
  return { kind: 'burst', part, ms };
}

function of(cost: Cost, part: string): number {
  return cost[part] ?? 0;
}
