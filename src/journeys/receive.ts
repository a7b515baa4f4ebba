import type { Instant } from './clock';
import type { CompiledJourney } from './compiled-journey';
import { exitOf } from './exits';
import type { HeardEvent, Progress, Standing } from './progress';
import { restart } from './advance';
import { end, matchHeard, stepAt } from './walk';

/** How many events a later `waitFor` can look back on. */
export const mostHeard = 50;

/** Takes one event in, from any step. An exit beats a refresh, a refresh beats a wait. */
export function receive(
  journey: CompiledJourney,
  progress: Progress,
  event: HeardEvent,
  now: Instant,
): Progress {
  if (progress.position.kind === 'ended') return progress;
  const exit = exitBy(journey, progress, event);
  if (exit) return end(progress, { ...exit, at: now, by: event.id });
  if (event.effect.kind === 'refreshed') return refresh(journey, progress, event);
  return hear(journey, progress, progress.position, event);
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

function hear(
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
