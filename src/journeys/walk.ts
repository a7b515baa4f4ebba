import { assertNever } from './assert-never';
import type { Instant } from './clock';
import type {
  CompiledBranch,
  CompiledJourney,
  CompiledStep,
  CompiledWaitFor,
  Duration,
  Next,
} from './compiled-journey';
import type { EndReason, Note } from './decision';
import { occurrenceFactsOf } from './facts';
import { holds } from './holds';
import type { EventKey, StepId } from './ids';
import type { Deadline, HeardEvent, Progress, Standing } from './progress';

/** How often one enrollment may come to the same step: it bounds every cycle. */
export const mostVisits = 100;

/** Goes to a step at an instant and on through every step that takes no time. */
export function enter(
  journey: CompiledJourney,
  progress: Progress,
  next: Next,
  at: Instant,
): Progress {
  if (next === null) return end(progress, { as: 'completed', because: 'completed', at });
  if (at >= expiryOf(journey, progress)) return expire(journey, progress);
  const visit = (progress.visits[next] ?? 0) + 1;
  if (visit > mostVisits) return end(progress, { as: 'stopped', because: 'visits-exceeded', at });
  const counted = { ...progress, visits: { ...progress.visits, [next]: visit } };
  return arrive(journey, counted, stepAt(journey, next), { visit, at });
}

export function stepAt(journey: CompiledJourney, id: StepId): CompiledStep {
  const step = journey.steps[id];
  if (!step) throw new Error(`Journey "${journey.id}" v${journey.version} has no step "${id}"`);
  return step;
}

type Arrival = Readonly<{ visit: number; at: Instant }>;

function arrive(
  journey: CompiledJourney,
  progress: Progress,
  step: CompiledStep,
  arrival: Arrival,
): Progress {
  switch (step.kind) {
    case 'exit':
      return end(progress, { as: step.as, because: 'exit-step', at: arrival.at });
    case 'branch':
      return step.decides
        ? stand(progress, step.id, arrival)
        : branch(journey, progress, step, arrival.at);
    case 'send':
      return stand(progress, step.id, arrival);
    case 'wait':
      return stand(progress, step.id, arrival, firstDeadlineOf(step.for, arrival.at));
    case 'waitFor':
      return listen(
        journey,
        stand(progress, step.id, arrival, firstDeadlineOf(step.timeout, arrival.at)),
        step,
      );
    default:
      return assertNever(step);
  }
}

function stand(
  progress: Progress,
  step: StepId,
  { visit, at }: Arrival,
  deadline?: Deadline,
): Progress {
  const { position } = progress;
  const previousSince = position.kind === 'standing' ? position.since : progress.firstEntryAt;
  const standing: Standing = { kind: 'standing', step, visit, since: at, previousSince };
  return { ...progress, position: deadline ? { ...standing, deadline } : standing };
}

function firstDeadlineOf(duration: Duration, from: Instant): Deadline {
  return { began: from, ...deadlineFrom(duration, from) };
}

/** Exact durations are known at once; a calendar one waits for the contact's zone. */
export function deadlineFrom(duration: Duration, from: Instant): Omit<Deadline, 'began'> {
  return duration.kind === 'exact' ? { from, until: from + duration.ms } : { from };
}

function branch(
  journey: CompiledJourney,
  progress: Progress,
  step: CompiledBranch,
  at: Instant,
): Progress {
  const facts = { entry: occurrenceFactsOf(progress.entry) };
  const taken = step.cases.findIndex(({ when }) => holds(when, facts));
  return takeCase(journey, progress, step, { taken, at });
}

/** `taken` is the number of the case, or -1 for otherwise. */
export function takeCase(
  journey: CompiledJourney,
  progress: Progress,
  step: CompiledBranch,
  { taken, at }: Readonly<{ taken: number; at: Instant }>,
): Progress {
  const next = step.cases[taken]?.next ?? (taken < 0 ? step.otherwise : null);
  const because = taken < 0 ? 'otherwise' : `case ${taken + 1}`;
  const noted = step.decides
    ? progress
    : note(progress, { at, kind: 'branched', step: step.id, because });
  return enter(journey, noted, next, at);
}

/** Matches events that came while the step before was running; the first that fits is used up. */
function listen(journey: CompiledJourney, progress: Progress, step: CompiledWaitFor): Progress {
  for (const event of progress.heard) {
    const matched = matchHeard(journey, progress, step, event);
    if (matched) return matched;
  }
  return progress;
}

/** On a tie the event beats the deadline; one that happened after the deadline does not count. */
export function matchHeard(
  journey: CompiledJourney,
  progress: Progress,
  step: CompiledWaitFor,
  event: HeardEvent,
): Progress | undefined {
  const { position } = progress;
  if (position.kind !== 'standing') return undefined;
  const earliest = step.since === 'entry' ? progress.firstEntryAt : position.previousSince;
  const latest = position.deadline?.until ?? Infinity;
  if (event.occurredAt < earliest || event.occurredAt > latest) return undefined;
  const facts = { event: occurrenceFactsOf(event), entry: occurrenceFactsOf(progress.entry) };
  const heardCase = step.cases.find(
    ({ names, when }) => names.includes(event.name) && (!when || holds(when, facts)),
  );
  if (!heardCase) return undefined;
  const at = Math.max(event.occurredAt, position.since);
  const noted = note(progress, {
    at,
    kind: 'heard',
    step: step.id,
    because: event.name,
    event: event.id,
  });
  const heard = noted.heard.filter(({ id }) => id !== event.id);
  return enter(journey, { ...noted, heard }, heardCase.next, at);
}

type Finding = Readonly<{
  as: string;
  because: EndReason;
  at: Instant;
  by?: EventKey;
  closed?: true;
}>;

export function end(progress: Progress, finding: Finding): Progress {
  return { ...progress, position: { kind: 'ended', closed: false, ...finding } };
}

export function expiryOf(journey: CompiledJourney, progress: Progress): Instant {
  return journey.untilMs === undefined ? Infinity : progress.firstEntryAt + journey.untilMs;
}

export function expire(journey: CompiledJourney, progress: Progress): Progress {
  return end(progress, { as: 'expired', because: 'expired', at: expiryOf(journey, progress) });
}

export function note(progress: Progress, line: Omit<Note, 'seq'>): Progress {
  const { notes, nextNote } = progress;
  return { ...progress, notes: [...notes, { seq: nextNote, ...line }], nextNote: nextNote + 1 };
}
