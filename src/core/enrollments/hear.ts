import type { Instant } from '../time/clock';
import type { CompiledJourney } from '../journeys/compiled-journey';
import { exitOf } from './exits';
import type { HeardEvent, Progress, Standing } from './progress';
import { restart } from './advance';
import type { SkippedWait } from '../events/recorded-event';
import { end, goTo, matchHeard, note, stepAt } from './walk';

/** How many events a later `waitFor` can look back on. */
export const mostHeard = 50;

/** Takes one event in, from any step. An exit beats a refresh, a refresh and an operator beat a wait. */
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
  if (effect.kind === 'skipped-wait') return skip(journey, progress, event, effect);
  return listen(journey, progress, progress.position, event);
}

/** Intake's verdict is obeyed as well as our own test, so that row and workflow cannot disagree. */
function exitBy(journey: CompiledJourney, progress: Progress, event: HeardEvent) {
  const { effect } = event;
  if (effect.kind === 'exited') {
    const { as, because = 'exit-event' } = effect;
    return { as, because, closed: true } as const;
  }
  const as = exitOf(journey, progress, event)?.as;
  return as === undefined ? undefined : ({ as, because: 'exit-event' } as const);
}

function refresh(journey: CompiledJourney, progress: Progress, event: HeardEvent): Progress {
  const { id, name, occurredAt, properties } = event;
  if (occurredAt <= progress.entry.occurredAt) return progress;
  const refreshed = { ...progress, entry: { event: id, name, occurredAt, properties } };
  return { ...refreshed, position: restarted(journey, progress, event) };
}

function restarted(
  journey: CompiledJourney,
  { position }: Progress,
  event: HeardEvent,
): Progress['position'] {
  if (position.kind === 'ended') return position;
  const step = stepAt(journey, position.step);
  return step.kind === 'wait' ? restart(step, position, event.occurredAt) : position;
}

/** Leaves the wait by the edge that time would have taken, and never later. Where it has been left already, the skip is too late. */
function skip(
  journey: CompiledJourney,
  progress: Progress,
  event: HeardEvent,
  seen: SkippedWait,
): Progress {
  const { position } = progress;
  if (position.kind === 'ended' || !isSeen(position, seen)) return progress;
  const { since } = position;
  const step = stepAt(journey, position.step);
  if (step.kind !== 'wait' && step.kind !== 'waitFor') return progress;
  const at = Math.min(Math.max(event.occurredAt, since), position.deadline?.until ?? Infinity);
  const skipped = { at, kind: 'skipped-wait', step: step.id, because: 'operator' } as const;
  const noted = note(progress, { ...skipped, event: event.id });
  const next = step.kind === 'wait' ? step.next : step.onTimeout;
  return goTo(journey, noted, next, { since, at });
}

function isSeen(position: Standing, { step, since, visit }: SkippedWait): boolean {
  const isSame = position.step === step && position.since === since;
  return isSame && (visit === undefined || position.visit === visit);
}

function listen(
  journey: CompiledJourney,
  progress: Progress,
  position: Standing,
  event: HeardEvent,
): Progress {
  const step = stepAt(journey, position.step);
  const matched = step.kind === 'waitFor' ? matchHeard(journey, progress, step, event) : undefined;
  if (matched) return matched;
  if (!isAwaited(journey, event.name)) return progress;
  return { ...progress, heard: [...progress.heard, event].slice(-mostHeard) };
}

function isAwaited(journey: CompiledJourney, name: string): boolean {
  return Object.values(journey.steps).some(
    (step) => step.kind === 'waitFor' && step.cases.some(({ names }) => names.includes(name)),
  );
}
