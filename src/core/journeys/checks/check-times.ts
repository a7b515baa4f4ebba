import type { Fault } from '../../domain-error';
import { boundsOf, isDuration, parseDuration, type DurationText } from '../../time/duration';
import type { Journey } from '../journey';
import { durationsOf } from '../steps/kinds';
import { isZone } from '../../time/zoned-time';

type Timed = Readonly<{
  pointer: string;
  duration: DurationText | undefined;
  must: 'be exact' | 'be either';
  below?: DurationText;
}>;

/** Finds unreadable durations, calendar ones that must be exact, and unknown zones. */
export function checkTimes(journey: Journey): readonly Fault[] {
  return [...durationsIn(journey).flatMap(checkDuration), ...checkZone(journey)];
}

/** Warns of waits that are too long for a refresh to restart, ever or always. */
export function idleRestarts(journey: Journey): readonly Fault[] {
  return durationsIn(journey).flatMap(({ pointer, duration, below }) => {
    const room = roomOf(duration, below);
    if (!room || room.longest < room.limit) return [];
    const how = room.shortest < room.limit ? 'not always restarted' : 'never restarted';
    const detail = `A wait of "${duration ?? ''}" that ends at most "${below ?? ''}" after it began is ${how} by a refresh; write an "atMost" that is longer than the wait`;
    return [{ pointer, code: 'idle-restart', detail }];
  });
}

function durationsIn({ entry, exits = [], steps, settings }: Journey): readonly Timed[] {
  const { again } = entry;
  const after = typeof again === 'object' && 'after' in again ? again.after : undefined;
  return [
    { pointer: '/entry/again/after', duration: after, must: 'be either' },
    { pointer: '/entry/notOlderThan', duration: entry.notOlderThan, must: 'be exact' },
    { pointer: '/entry/limit/within', duration: entry.limit?.within, must: 'be either' },
    ...exits.map(({ lookBack }, index): Timed => ({
      pointer: `/exits/${index}/lookBack`,
      duration: lookBack,
      must: 'be exact',
    })),
    ...steps.flatMap((step, index) =>
      durationsOf(step).map(({ text, pointer, ...limits }) => ({
        ...limits,
        pointer: `/steps/${index}${pointer}`,
        duration: text,
      })),
    ),
    { pointer: '/settings/until', duration: settings?.until, must: 'be exact' },
  ];
}

function checkDuration({ pointer, duration, must }: Timed): readonly Fault[] {
  if (duration === undefined) return [];
  if (!isDuration(duration)) {
    const detail = `"${duration}" is not an ISO 8601 duration of at most P100Y; write for example PT1H or P2D`;
    return [{ pointer, code: 'bad-duration', detail }];
  }
  if (must === 'be either' || parseDuration(duration).kind === 'exact') return [];
  const detail = `"${duration}" has no exact length, which is needed here; write it in hours, such as PT24H`;
  return [{ pointer, code: 'calendar-duration', detail }];
}

function roomOf(duration: DurationText | undefined, below: DurationText | undefined) {
  if (duration === undefined || below === undefined) return undefined;
  if (!isDuration(duration) || !isDuration(below)) return undefined;
  return { ...boundsOf(duration), limit: boundsOf(below).longest };
}

function checkZone({ settings }: Journey): readonly Fault[] {
  const zone = settings?.zone;
  if (zone === undefined || isZone(zone)) return [];
  const detail = `"${zone}" is no known time zone; write an IANA name such as Europe/Rome`;
  return [{ pointer: '/settings/zone', code: 'unknown-zone', detail }];
}
