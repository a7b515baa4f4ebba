import type { Fault } from '../domain-error';
import { isDuration, parseDuration } from '../time/duration';
import type { DurationText, Journey, Step } from './journey';
import { isZone } from '../time/zoned-time';

type Timed = Readonly<{
  pointer: string;
  duration: DurationText | undefined;
  must: 'be exact' | 'be either';
}>;

/** Durations that cannot be read, or that have to be exact and are not, and a zone nobody knows. */
export function checkTimes(journey: Journey): readonly Fault[] {
  return [...durationsOf(journey).flatMap(checkDuration), ...checkZone(journey)];
}

function durationsOf({ entry, exits = [], steps, settings }: Journey): readonly Timed[] {
  const again = typeof entry.again === 'object' ? entry.again.after : undefined;
  return [
    { pointer: '/entry/again/after', duration: again, must: 'be either' },
    { pointer: '/entry/limit/within', duration: entry.limit?.within, must: 'be either' },
    ...exits.map(({ lookBack }, index): Timed => ({
      pointer: `/exits/${index}/lookBack`,
      duration: lookBack,
      must: 'be exact',
    })),
    ...steps.flatMap((step, index) => durationsInStep(step, `/steps/${index}`)),
    { pointer: '/settings/until', duration: settings?.until, must: 'be exact' },
  ];
}

function durationsInStep(step: Step, pointer: string): readonly Timed[] {
  if (step.kind === 'waitFor') {
    return [{ pointer: `${pointer}/timeout`, duration: step.timeout, must: 'be either' }];
  }
  if (step.kind !== 'wait') return [];
  return [
    { pointer: `${pointer}/for`, duration: step.for, must: 'be either' },
    { pointer: `${pointer}/atMost`, duration: step.atMost, must: 'be exact' },
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
