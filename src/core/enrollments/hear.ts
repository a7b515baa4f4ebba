import type { SkippedWait } from '../events/recorded-event';
import type { StepId } from '../ids';
import type { CompiledJourney } from '../journeys/compiled-journey';
import { meaningOf, type CompiledStep } from '../journeys/steps/kinds';
import type { Instant } from '../time/clock';
import { isNewerThan } from '../events/newer';
import { isWaiting, waitAt } from './advance';
import { restarted } from './deadline';
import { exitOf } from './exits';
import type { HeardEvent, Progress, Waiting } from './progress';
import { end, goTo, matchHeard, note, stepAt, type WaitingProgress } from './walk';

/** A later wait can look back on this many events. */
export const mostHeard = 50;

/** Takes one event in, from any step. An exit beats a refresh; both beat a wait. */
export function hear(
  journey: CompiledJourney,
  progress: Progress,
  event: HeardEvent,
  now: Instant,
): Progress {
  if (progress.position.kind === 'ended') return progress;
  const exit = exitBy(journey, progress, event);
  if (exit) return end(progress, { ...exit, at: now, by: event.id });
  const { effect } = event;
  if (effect.kind === 'refreshed') return refresh(journey, progress, event);
  if (effect.kind === 'skipped-wait') {
    return isWaiting(progress) ? skip(journey, progress, event, effect) : progress;
  }
  return listen(journey, progress, event);
}

/**
 * Obeys intake's verdict as well as the test here: row and workflow cannot disagree. Intake has
 * found that a refresh is no exit.
 */
function exitBy(journey: CompiledJourney, progress: Progress, event: HeardEvent) {
  const { effect } = event;
  if (effect.kind === 'refreshed') return undefined;
  if (effect.kind === 'exited') {
    const { as, because = 'exit-event' } = effect;
    return { as, because, closed: true } as const;
  }
  const as = exitOf(journey, progress, arrivedOf(event))?.as;
  return as === undefined ? undefined : ({ as, because: 'exit-event' } as const);
}

function refresh(journey: CompiledJourney, progress: Progress, event: HeardEvent): Progress {
  if (!isNewerThan(arrivedOf(event), progress.entry)) return progress;
  const { id, name, occurredAt, receivedAt, properties } = event;
  const refreshed = { ...progress, entry: { event: id, name, occurredAt, receivedAt, properties } };
  if (!isWaiting(refreshed)) return refreshed;
  const { position } = refreshed;
  return {
    ...refreshed,
    position: restarted(waitAt(journey, position.step), position, occurredAt),
  };
}

function arrivedOf(event: HeardEvent) {
  return { ...event, key: event.id };
}

/** Leaves the wait as time would have, and never later. A wait left already is too late to skip. */
function skip(
  journey: CompiledJourney,
  progress: WaitingProgress,
  event: HeardEvent,
  seen: SkippedWait,
): Progress {
  const { position } = progress;
  if (!isSeen(position, seen)) return progress;
  const { step, since, deadline } = position;
  const latest = deadline.kind === 'unresolved' ? Infinity : deadline.until;
  const at = Math.min(Math.max(event.occurredAt, since), latest);
  const skipped = { at, kind: 'skipped-wait', step, because: 'operator' } as const;
  const noted = note(progress, { ...skipped, event: event.id });
  return goTo(journey, noted, waitAt(journey, step).onTime, { since, at });
}

function isSeen(position: Waiting, { step, since, visit }: SkippedWait): boolean {
  const isSame = position.step === step && position.since === since;
  return isSame && (visit === undefined || position.visit === visit);
}

function listen(journey: CompiledJourney, progress: Progress, event: HeardEvent): Progress {
  const matched = isWaiting(progress)
    ? matchHeard(journey, progress, waitAt(journey, progress.position.step), event)
    : undefined;
  if (matched) return matched;
  if (!awaitedNamesOf(journey).includes(event.name)) return progress;
  return { ...progress, heard: [...progress.heard, event].slice(-mostHeard) };
}

/** The names of all events that a wait of this journey may hear. */
export function awaitedNamesOf(journey: CompiledJourney): readonly string[] {
  return Object.values(journey.steps).flatMap(namesHeardAt);
}

/** The names that the wait at a step may hear. A plain wait hears none. */
export function namesAwaitedAt(journey: CompiledJourney, step: StepId): readonly string[] {
  return namesHeardAt(stepAt(journey, step));
}

function namesHeardAt(step: CompiledStep): readonly string[] {
  const meaning = meaningOf(step);
  return meaning.kind === 'wait' ? meaning.heard.flatMap(({ names }) => names) : [];
}
