import { assertNever } from '../assert-never';
import type { Instant } from '../time/clock';
import type {
  CompiledBranch,
  CompiledJourney,
  CompiledStep,
  CompiledWaitFor,
  Duration,
  Next,
} from '../journeys/compiled-journey';
import type { EndReason, Note } from '../decisions/decision';
import { occurrenceFactsOf } from '../conditions/facts';
import { holds } from '../conditions/holds';
import type { EventKey, StepId } from '../ids';
import type { Deadline, HeardEvent, Progress, Standing } from './progress';

/** How often one enrollment may come to the same step: it bounds every cycle. */
export const mostVisits = 100;

/** Progress on its way from one resting place to the next. */
type Way = Omit<Progress, 'position'>;

/** When the step that is left behind began, and when it ended. */
export type Leaving = Readonly<{ since: Instant; at: Instant }>;

/** Goes to a step and on through every step that takes no time. */
export function goTo(journey: CompiledJourney, way: Way, next: Next, leaving: Leaving): Progress {
  const { at } = leaving;
  if (next === null) return end(way, { as: 'completed', because: 'completed', at });
  if (at >= expiryOf(journey, way)) return expire(journey, way);
  const visit = (way.visits[next] ?? 0) + 1;
  if (visit > mostVisits) return end(way, { as: 'stopped', because: 'visits-exceeded', at });
  const counted = { ...way, visits: { ...way.visits, [next]: visit } };
  return arrive(journey, counted, stepAt(journey, next), { ...leaving, visit });
}

export function stepAt(journey: CompiledJourney, id: StepId): CompiledStep {
  const step = journey.steps[id];
  if (!step) throw new Error(`Journey "${journey.id}" v${journey.version} has no step "${id}"`);
  return step;
}

type Arrival = Leaving & Readonly<{ visit: number }>;

function arrive(
  journey: CompiledJourney,
  way: Way,
  step: CompiledStep,
  arrival: Arrival,
): Progress {
  switch (step.kind) {
    case 'exit':
      return end(way, { as: step.as, because: 'exit-step', at: arrival.at });
    case 'branch':
      return step.decides ? stand(way, step.id, arrival) : branch(journey, way, step, arrival);
    case 'send':
      return stand(way, step.id, arrival);
    case 'wait':
      return stand(way, step.id, arrival, firstDeadlineOf(step.for, arrival.at));
    case 'waitFor':
      return listen(
        journey,
        stand(way, step.id, arrival, firstDeadlineOf(step.timeout, arrival.at)),
        step,
      );
    default:
      return assertNever(step);
  }
}

function stand(
  way: Way,
  step: StepId,
  { visit, at, since }: Arrival,
  deadline?: Deadline,
): Progress {
  const standing: Standing = { kind: 'standing', step, visit, since: at, previousSince: since };
  return { ...way, position: deadline ? { ...standing, deadline } : standing };
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
  way: Way,
  step: CompiledBranch,
  leaving: Leaving,
): Progress {
  const facts = { entry: occurrenceFactsOf(way.entry) };
  const taken = step.cases.findIndex(({ when }) => holds(when, facts));
  const because = caseNameOf(taken);
  const noted = note(way, { at: leaving.at, kind: 'branched', step: step.id, because });
  return goTo(journey, noted, nextOfCase(step, taken), leaving);
}

/** `taken` is the number of a case from 0, or -1 where none holds. */
export function nextOfCase({ cases, otherwise }: CompiledBranch, taken: number): Next {
  return cases[taken]?.next ?? otherwise;
}

export function caseNameOf(taken: number): string {
  return taken < 0 ? 'otherwise' : `case ${taken + 1}`;
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
  return goTo(journey, { ...noted, heard }, heardCase.next, { since: position.since, at });
}

type Finding = Readonly<{
  as: string;
  because: EndReason;
  at: Instant;
  by?: EventKey;
  closed?: true;
}>;

export function end(way: Way, finding: Finding): Progress {
  return { ...way, position: { kind: 'ended', closed: false, ...finding } };
}

export function expiryOf(journey: CompiledJourney, { firstEntryAt }: Way): Instant {
  return journey.untilMs === undefined ? Infinity : firstEntryAt + journey.untilMs;
}

export function expire(journey: CompiledJourney, way: Way): Progress {
  return end(way, { as: 'expired', because: 'expired', at: expiryOf(journey, way) });
}

export function note<Noted extends Way>(way: Noted, line: Omit<Note, 'seq'>): Noted {
  const { notes, nextNote } = way;
  return { ...way, notes: [...notes, { seq: nextNote, ...line }], nextNote: nextNote + 1 };
}
