import { virtualOf, type Clock, type VirtualClock } from '../core/time/clock';

/** The clock of a process. Tests give a `realNow` of their own. */
export function createClock(virtual: VirtualClock, realNow = (): number => Date.now()): Clock {
  const engineTimeOf = (realMs: number) => virtualOf(virtual, realMs);
  return { virtual, realNow, engineTimeOf, now: () => engineTimeOf(realNow()) };
}
