import { assertNever } from '../assert-never';
import type { Instant } from '../time/clock';
import type { CompiledJourney, CompiledWait } from '../journeys/compiled-journey';
import type { HandledOutcome, Outcome } from './outcome';
import type { Deadline, Progress, Standing } from './progress';
import { deadlineFrom, end, goTo, expire, expiryOf, nextOfCase, note, stepAt } from './walk';

/** Takes an outcome in. One that comes after the end, or for a step left behind, changes only what is written. */
export function advance(journey: CompiledJourney, progress: Progress, outcome: Outcome): Progress {
  switch (outcome.kind) {
    case 'woke':
      return wake(journey, progress, outcome.at);
    case 'resolved':
      return resolve(journey, progress, outcome);
    case 'handled':
      return handled(journey, written(progress, outcome.written), outcome);
    case 'decided':
      return decided(journey, written(progress, outcome.written), outcome);
    default:
      return assertNever(outcome);
  }
}

function written(progress: Progress, count: number): Progress {
  return { ...progress, notes: progress.notes.slice(count) };
}

function wake(journey: CompiledJourney, progress: Progress, now: Instant): Progress {
  const { position } = progress;
  if (position.kind === 'ended' || !position.deadline) return progress;
  const { deadline } = position;
  if (now >= expiryOf(journey, progress)) return expire(journey, progress);
  if (deadline.until === undefined || now < deadline.until) return progress;
  if (isStale(deadline)) return unresolved(progress, position, deadline);
  return leaveWait(journey, progress, position, deadline.until);
}

/** A calendar wait that was restarted after it was resolved has to be resolved again. */
function isStale({ resolvedFrom, from }: Deadline): boolean {
  return resolvedFrom !== undefined && resolvedFrom !== from;
}

function unresolved(progress: Progress, position: Standing, { began, from }: Deadline): Progress {
  return { ...progress, position: { ...position, deadline: { began, from } } };
}

function leaveWait(
  journey: CompiledJourney,
  progress: Progress,
  position: Standing,
  at: Instant,
): Progress {
  const step = stepAt(journey, position.step);
  const leaving = { since: position.since, at };
  if (step.kind === 'wait') return goTo(journey, progress, step.next, leaving);
  if (step.kind !== 'waitFor')
    throw new Error(`Step "${step.id}" has a deadline but does not wait`);
  const noted = note(progress, { at, kind: 'timed-out', step: step.id });
  return goTo(journey, noted, step.onTimeout, leaving);
}

function resolve(
  journey: CompiledJourney,
  progress: Progress,
  { step, from, until }: Extract<Outcome, { kind: 'resolved' }>,
): Progress {
  const { position } = progress;
  if (position.kind === 'ended' || position.step !== step || !position.deadline) return progress;
  const capped = Math.min(until, capOf(journey, position));
  const deadline = { ...position.deadline, until: capped, resolvedFrom: from };
  return { ...progress, position: { ...position, deadline } };
}

function capOf(journey: CompiledJourney, position: Standing): Instant {
  const step = stepAt(journey, position.step);
  const restarted = position.deadline && position.deadline.from > position.deadline.began;
  if (step.kind !== 'wait' || !step.restart || !position.deadline || !restarted) return Infinity;
  return position.deadline.began + step.restart.atMostMs;
}

function handled(journey: CompiledJourney, progress: Progress, outcome: HandledOutcome): Progress {
  const { position } = progress;
  if (position.kind === 'ended')
    return outcome.ended ? { ...progress, position: { ...position, closed: true } } : progress;
  if (outcome.ended) return end(progress, { ...outcome.ended, at: outcome.at, closed: true });
  const step = stepAt(journey, position.step);
  if (step.kind !== 'send' || step.id !== outcome.step) return progress;
  return goTo(journey, progress, step.next, { since: position.since, at: outcome.at });
}

function decided(
  journey: CompiledJourney,
  progress: Progress,
  outcome: Extract<Outcome, { kind: 'decided' }>,
): Progress {
  const { position } = progress;
  if (position.kind === 'ended' || position.step !== outcome.step) return progress;
  const step = stepAt(journey, position.step);
  if (step.kind !== 'branch') throw new Error(`Step "${step.id}" was decided but is no branch`);
  const leaving = { since: position.since, at: outcome.at };
  return goTo(journey, progress, nextOfCase(step, outcome.taken), leaving);
}

/** A refresh starts the wait again from its own time, never later than `atMost` after the wait began. */
export function restart(step: CompiledWait, position: Standing, from: Instant): Standing {
  const { deadline } = position;
  if (!step.restart || !deadline || from <= deadline.from) return position;
  const cap = deadline.began + step.restart.atMostMs;
  const renewed = deadlineFrom(step.for, from);
  if (renewed.until === undefined) return { ...position, deadline: { ...deadline, from } };
  const until = Math.max(Math.min(renewed.until, cap), deadline.until ?? 0);
  return { ...position, deadline: { ...deadline, from, until } };
}
