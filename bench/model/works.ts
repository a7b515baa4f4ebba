import type { Shares } from './fit';
import { kinds, type Cost, type Kind, type ServiceTimes } from './service-times';
import type { Burst, Command, Work } from './work';

/** Events a second by kind. */
export type Rates = Readonly<Record<keyof ServiceTimes, number>>;

/** As `mostGroups` of `store/mongo/grouped` is. */
const atOnce = 2;

/** The commands of the store that an event waits for, in turn. */
const accepting = ['contacts', 'enrollments', 'events'] as const;
const settling = ['owed', 'applied', 'marked'] as const;
/** The workflow task of a due wait, the activity, and the workflow task after it. */
const messageTasks = 3;

/** What comes to a house: three kinds of events, and the messages that fall due. */
export function worksOf(times: ServiceTimes, rates: Rates): readonly Work[] {
  return kinds.map((kind) => ({
    name: kind,
    arrivals: { perSecond: rates[kind] },
    ...courseOf(times, kind),
  }));
}

/** An event is accepted first, and then carried through. */
function courseOf(times: ServiceTimes, kind: Kind): Pick<Work, 'steps' | 'answeredAfter'> {
  if (kind === 'message')
    return { steps: carryThrough(times.message, messageTasks), answeredAfter: 0 };
  const accepted = acceptance({ each: times.unheard, shared: {} });
  if (kind === 'unheard') return { steps: accepted, answeredAfter: accepted.length };
  const left = Object.entries(times[kind]).map(
    ([part, ms]) => [part, Math.max(0, ms - of(times.unheard, part))] as const,
  );
  const steps = [...accepted, ...carryThrough(Object.fromEntries(left))];
  return { steps, answeredAfter: accepted.length };
}

/** The api reads the request, asks the store three times, and answers. */
export function acceptance({ each, shared }: Shares, pauseMs = 0): Work['steps'] {
  const api = of(each, 'api');
  const costs = { each: { ...each, api: api / 2 }, shared };
  return [burst('api', api / 4), ...commands(accepting, costs, pauseMs), burst('api', api / 4)];
}

/** Settled, told to Temporal, and done by the worker in so many tasks. */
function carryThrough(cost: Cost, tasks = 1): Work['steps'] {
  const each = { api: of(cost, 'api'), store: of(cost, 'store') };
  const [first, ...others] = commands(settling, { each, shared: {} });
  const pieces = 2 * tasks;
  const temporal = [
    burst('temporal', of(cost, 'temporal') / pieces),
    burst('postgres', of(cost, 'postgres') / pieces),
  ];
  const task = [...temporal, burst('worker', of(cost, 'worker') / tasks), ...temporal];
  const all = Array.from({ length: tasks }, () => task).flat();
  return [...(first ? [first] : []), ...all, ...others];
}

function commands(
  names: readonly string[],
  { each, shared }: Shares,
  pauseMs = 0,
): readonly Command[] {
  const by = (part: string, times: number): Burst => ({
    kind: 'burst',
    part,
    ms: of(each, part) / times,
    sharedMs: of(shared, part) / times,
  });
  const api = by('api', 2 * names.length);
  const store = by('store', names.length);
  const pause = { kind: 'pause', ms: pauseMs / names.length } as const;
  return names.map((name) => ({ kind: 'command', name, atOnce, steps: [api, store, pause, api] }));
}

function burst(part: string, ms: number): Burst {
  return { kind: 'burst', part, ms };
}

function of(cost: Cost, part: string): number {
  return cost[part] ?? 0;
}
