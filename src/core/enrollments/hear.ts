import type { SkippedWait } from '../events/recorded-event';
import type { StepId } from '../ids';
import type { CompiledJourney } from '../journeys/compiled-journey';
import { meaningOf, type CompiledStep } from '../journeys/steps/kinds';
import type { Instant } from '../time/clock';
import { isNewerThan } from '../events/newer';
import { isWaiting, waitAt } from './advance';
import { restarted } from './deadline';
import { exitOf } from './exits';
import { keepFor } from './hearing/keep';
import type { HeardEvent, Progress, Waiting } from './progress';
import {
  endHere,
  fittingCase,
  goTo,
  isOfFirstVersion,
  leaveHeard,
  note,
  stepAt,
  type WaitingProgress,
} from './walk';

/**
 * Takes one event in, from any step. An exit beats all else. A refresh replaces the entry, and a
 * wait may hear it like any other event.
 */
export function hear(
  journey: CompiledJourney,
  progress: Progress,
  event: HeardEvent,
  now: Instant,
): Progress {
  if (progress.position.kind === 'ended') return progress;
  const exit = exitBy(journey, progress, event);
  if (exit) return endHere(progress, { ...exit, at: now, by: event.id });
  const { effect } = event;
  if (effect.kind === 'skipped-wait') {
    return isWaiting(progress) ? skip(journey, progress, event, effect) : progress;
  }
  if (effect.kind !== 'refreshed') return listen(journey, progress, event);
  const refreshed = refresh(journey, progress, event);
  return isOfFirstVersion(progress) ? refreshed : listen(journey, progress, event, refreshed);
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
  const renewed = restarted(waitAt(journey, position.step), position, occurredAt);
  return { ...refreshed, position: renewed };
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

/** Matches an event with the entry as it stood before, and leads on with `after`. */
function listen(
  journey: CompiledJourney,
  progress: Progress,
  event: HeardEvent,
  after = progress,
): Progress {
  if (isWaiting(progress) && isWaiting(after)) {
    const fitting = fittingCase(progress, waitAt(journey, progress.position.step), event);
    if (fitting) return leaveHeard(journey, after, { event, next: fitting.next });
  }
  return keepFor(journey, after, event);
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
