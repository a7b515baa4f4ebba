import { assertNever } from '../assert-never';
import type { CompiledJourney } from '../journeys/compiled-journey';
import { meaningOf } from '../journeys/steps/kinds';
import type { WaitMeaning } from '../journeys/steps/step';
import type { StepId } from '../ids';
import type { Instant } from '../time/clock';
import { newerOf } from '../events/newer';
import { isStale, resolvedBy, unresolved } from './deadline';
import type { DeferredOutcome, HandledOutcome, Outcome } from './outcome';
import type { Progress } from './progress';
import {
  end,
  expire,
  goTo,
  isExpired,
  isOfFirstVersion,
  nextOfCase,
  note,
  stepAt,
  type WaitingProgress,
} from './walk';

/**
 * Takes an outcome in. After the end, or for a step left behind, it changes only the notes.
 */
export function advance(journey: CompiledJourney, progress: Progress, outcome: Outcome): Progress {
  switch (outcome.kind) {
    case 'woke':
      return isWaiting(progress) ? wake(journey, progress, outcome.at) : release(progress, outcome);
    case 'resolved':
      return isWaiting(progress) ? resolve(journey, progress, outcome) : progress;
    case 'handled':
      return handled(journey, written(progress, outcome.written), outcome);
    case 'deferred':
      return hold(written(progress, outcome.written), outcome);
    case 'decided':
      return decided(journey, written(progress, outcome.written), outcome);
    default:
      return assertNever(outcome);
  }
}

/** True of progress that rests on a wait. */
export function isWaiting(progress: Progress): progress is WaitingProgress {
  return progress.position.kind === 'waiting';
}

/** The meaning of the wait at a step. Throws where the step does not wait. */
export function waitAt(journey: CompiledJourney, step: StepId): WaitMeaning {
  const meaning = meaningOf(stepAt(journey, step));
  if (meaning.kind !== 'wait') throw new Error(`Step "${step}" has a deadline but does not wait`);
  return meaning;
}

function written(progress: Progress, count: number): Progress {
  return { ...progress, notes: progress.notes.slice(count) };
}

function wake(journey: CompiledJourney, progress: WaitingProgress, now: Instant): Progress {
  const { position } = progress;
  const { deadline } = position;
  if (isExpired(journey, progress, now)) return expire(journey, progress);
  if (deadline.kind === 'unresolved' || now < deadline.until) return progress;
  if (isStale(deadline)) {
    const earliest = isOfFirstVersion(progress) ? undefined : deadline.until;
    return { ...progress, position: { ...position, deadline: unresolved(deadline, earliest) } };
  }
  return leaveWait(journey, progress, deadline.until);
}

/** Leaves a wait whose time has run out. */
function leaveWait(journey: CompiledJourney, progress: WaitingProgress, at: Instant): Progress {
  const { step, since } = progress.position;
  const { onTime, notesTimeout } = waitAt(journey, step);
  const noted = notesTimeout ? note(progress, { at, kind: 'timed-out', step }) : progress;
  return goTo(journey, noted, onTime, { since, at });
}

function resolve(
  journey: CompiledJourney,
  progress: WaitingProgress,
  outcome: Extract<Outcome, { kind: 'resolved' }>,
): Progress {
  const { position } = progress;
  if (position.step !== outcome.step) return progress;
  const deadline = resolvedBy(position.deadline, waitAt(journey, position.step), outcome);
  return { ...progress, position: { ...position, deadline } };
}

function handled(journey: CompiledJourney, progress: Progress, outcome: HandledOutcome): Progress {
  const { position } = progress;
  if (position.kind === 'ended')
    return outcome.ended ? { ...progress, position: { ...position, closed: true } } : progress;
  if (outcome.ended) return end(progress, { ...outcome.ended, at: outcome.at, closed: true });
  const meaning = meaningOf(stepAt(journey, position.step));
  if (meaning.kind !== 'perform' || position.step !== outcome.step) return progress;
  const { entry = progress.entry, at } = outcome;
  const fresh = { ...progress, entry: newerOf(entry, progress.entry) };
  return goTo(journey, fresh, meaning.next, { since: position.since, at });
}

/** Holds the message of the step that progress stands on. After the end it comes to nothing. */
function hold(progress: Progress, { step, until, because }: DeferredOutcome): Progress {
  const { position } = progress;
  if (position.kind === 'ended')
    return { ...progress, position: { ...position, heldMessage: true } };
  if (position.kind !== 'standing' || position.step !== step) return progress;
  return { ...progress, position: { ...position, held: { until, because } } };
}

/** Lets a held message go to its gate again, once its time has come. */
function release(progress: Progress, { at }: Readonly<{ at: Instant }>): Progress {
  const { position } = progress;
  if (position.kind !== 'standing' || !position.held || at < position.held.until) return progress;
  const { held: _held, ...standing } = position;
  return { ...progress, position: standing };
}

function decided(
  journey: CompiledJourney,
  progress: Progress,
  outcome: Extract<Outcome, { kind: 'decided' }>,
): Progress {
  const { position } = progress;
  if (position.kind === 'ended' || position.step !== outcome.step) return progress;
  const meaning = meaningOf(stepAt(journey, position.step));
  if (meaning.kind !== 'decide')
    throw new Error(`Step "${position.step}" was decided but is no branch`);
  const leaving = { since: position.since, at: outcome.at };
  return goTo(journey, progress, nextOfCase(meaning, outcome.taken), leaving);
}
