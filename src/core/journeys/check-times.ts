import type { Fault } from '../domain-error';
import { isDuration, parseDuration, type DurationText } from '../time/duration';
import type { Journey } from './journey';
import { durationsOf } from './steps/kinds';
import { isZone } from '../time/zoned-time';

type Timed = Readonly<{
  pointer: string;
  duration: DurationText | undefined;
  must: 'be exact' | 'be either';
}>;

/** Finds unreadable durations, calendar ones that must be exact, and unknown zones. */
export function checkTimes(journey: Journey): readonly Fault[] {
  return [...durationsIn(journey).flatMap(checkDuration), ...checkZone(journey)];
}

function durationsIn({ entry, exits = [], steps, settings }: Journey): readonly Timed[] {
  const { again } = entry;
  const after = typeof again === 'object' && 'after' in again ? again.after : undefined;
  return [
    { pointer: '/entry/again/after', duration: after, must: 'be either' },
    { pointer: '/entry/limit/within', duration: entry.limit?.within, must: 'be either' },
    ...exits.map(({ lookBack }, index): Timed => ({
      pointer: `/exits/${index}/lookBack`,
      duration: lookBack,
      must: 'be exact',
    })),
    ...steps.flatMap((step, index) =>
      durationsOf(step).map(({ pointer, text, must }) => ({
        pointer: `/steps/${index}${pointer}`,
        duration: text,
        must,
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

function checkZone({ settings }: Journey): readonly Fault[] {
  const zone = settings?.zone;
  if (zone === undefined || isZone(zone)) return [];
  const detail = `"${zone}" is no known time zone; write an IANA name such as Europe/Rome`;
  return [{ pointer: '/settings/zone', code: 'unknown-zone', detail }];
}
