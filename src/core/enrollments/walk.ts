import { assertNever } from '../assert-never';
import { occurrenceFactsOf } from '../conditions/facts';
import { holds } from '../conditions/holds';
import type { Noted } from '../decisions/decision';
import type { CaseName, EndReason } from '../decisions/reasons';
import type { EventKey, StepId } from '../ids';
import type { CompiledJourney } from '../journeys/compiled-journey';
import { meaningOf, type CompiledStep } from '../journeys/steps/kinds';
import type {
  DecideMeaning,
  HeardCase,
  Next,
  PassMeaning,
  WaitMeaning,
} from '../journeys/steps/step';
import type { Instant } from '../time/clock';
import { firstDeadlineOf } from './deadline';
import type { EntryFacts, HeardEvent, Progress, Waiting } from './progress';

/** An enrollment comes to the same step at most this often, which bounds every cycle. */
export const mostVisits = 100;

/**
 * True of an enrollment that a version before 0.2 began. It goes on by the rules of that version,
 * so that its history runs again as it ran.
 */
export function isOfFirstVersion({ enteredBy }: Pick<Progress, 'enteredBy'>): boolean {
  return enteredBy === undefined;
}

/** Progress on its way from one resting place to the next. */
type Way = Omit<Progress, 'position'>;

/** When the step that is left behind began, and when it ended. */
export type Leaving = Readonly<{ since: Instant; at: Instant }>;

/** Goes to a step and on through every step that takes no time. */
export function goTo(journey: CompiledJourney, way: Way, next: Next, leaving: Leaving): Progress {
  const { at } = leaving;
  if (next === null) return end(way, { as: 'completed', because: 'completed', at });
  if (isExpired(journey, way, at)) return expire(journey, way);
  const visit = (way.visits[next] ?? 0) + 1;
  if (visit > mostVisits) return end(way, { as: 'stopped', because: 'visits-exceeded', at });
  const counted = { ...way, visits: { ...way.visits, [next]: visit } };
  return arrive(journey, counted, stepAt(journey, next), { ...leaving, visit });
}

/** The step of that id. Throws where the journey has none, which no published version allows. */
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
  { visit, at, since }: Arrival,
): Progress {
  const resting = { step: step.id, visit, since: at, previousSince: since };
  const meaning = meaningOf(step);
  switch (meaning.kind) {
    case 'perform':
    case 'decide':
      return { ...way, position: { kind: 'standing', ...resting } };
    case 'wait': {
      const deadline = firstDeadlineOf(meaning.for, at);
      const position = { kind: 'waiting', ...resting, deadline } as const;
      return listen(journey, { ...withRoomFor(way, step.id), position }, meaning);
    }
    case 'pass':
      return pass(journey, way, { meaning, step: step.id, leaving: { since, at } });
    case 'end':
      return end(way, { as: meaning.as, because: 'exit-step', at });
    default:
      return assertNever(meaning);
  }
}

function withRoomFor({ full, ...way }: Way, reached: StepId): Way {
  const still = full?.filter((step) => step !== reached) ?? [];
  return still.length > 0 ? { ...way, full: still } : way;
}

type Passing = Readonly<{ meaning: PassMeaning; step: StepId; leaving: Leaving }>;

function pass(journey: CompiledJourney, way: Way, { meaning, step, leaving }: Passing): Progress {
  const facts = { entry: occurrenceFactsOf(way.entry) };
  const taken = meaning.cases.findIndex(({ when }) => holds(when, facts));
  const because = caseNameOf(taken);
  const noted = note(way, { at: leaving.at, kind: 'branched', step, because });
  return goTo(journey, noted, nextOfCase(meaning, taken), leaving);
}

/** `taken` is the number of a case from 0, or -1 where none holds. */
export function nextOfCase({ cases, otherwise }: PassMeaning | DecideMeaning, taken: number): Next {
  return cases[taken]?.next ?? otherwise;
}

/** The name of a case in a decision: `case 1`, or `otherwise` for -1. */
export function caseNameOf(taken: number): CaseName {
  return taken < 0 ? 'otherwise' : `case ${taken + 1}`;
}

/** The number of a case by its name, as `caseNameOf` gave it. */
export function caseNumberOf(name: string): number {
  return name === caseNameOf(-1) ? -1 : Number(name.slice('case '.length)) - 1;
}

/** Matches events that came during the step before. The first that fits is used up. */
function listen(
  journey: CompiledJourney,
  progress: WaitingProgress,
  meaning: WaitMeaning,
): Progress {
  for (const event of progress.heard) {
    const matched = matchHeard(journey, progress, meaning, event);
    if (matched) return matched;
  }
  return progress;
}

/** Progress that rests on a wait. */
export type WaitingProgress = Progress & Readonly<{ position: Waiting }>;

/** On a tie the event beats the deadline. Later events do not count. */
export function matchHeard(
  journey: CompiledJourney,
  progress: WaitingProgress,
  meaning: WaitMeaning,
  event: HeardEvent,
): Progress | undefined {
  const fitting = fittingCase(progress, meaning, event);
  return fitting && leaveHeard(journey, progress, { event, next: fitting.next });
}

/** The case of a wait that an event ends, if any. */
export function fittingCase(
  { position, firstEntryAt, entry }: WaitingProgress,
  { heard: cases, heardSince }: WaitMeaning,
  event: HeardEvent,
): HeardCase | undefined {
  const { deadline } = position;
  const earliest = heardSince === 'entry' ? firstEntryAt : position.previousSince;
  const latest = deadline.kind === 'unresolved' ? Infinity : deadline.until;
  if (event.occurredAt < earliest || event.occurredAt > latest) return undefined;
  const facts = { event: occurrenceFactsOf(event), entry: occurrenceFactsOf(entry) };
  return cases.find(
    ({ names, when }) => names.includes(event.name) && (!when || holds(when, facts)),
  );
}

/** Leaves a wait by an event, which is used up. */
export function leaveHeard(
  journey: CompiledJourney,
  progress: WaitingProgress,
  { event, next }: Readonly<{ event: HeardEvent; next: Next }>,
): Progress {
  const { step, since } = progress.position;
  const at = Math.max(event.occurredAt, since);
  const because = event.name;
  const noted = note(progress, { at, kind: 'heard', step, because, event: event.id });
  const heard = noted.heard.filter(({ id }) => id !== event.id);
  return goTo(journey, { ...noted, heard }, next, { since, at });
}

type Finding = Readonly<{
  as: string;
  because: EndReason;
  at: Instant;
  by?: EventKey;
  closed?: true;
  heldMessage?: true;
}>;

/** Ends an enrollment, wherever it stands. */
export function end(way: Way, finding: Finding): Progress {
  return { ...way, position: { kind: 'ended', closed: false, ...finding } };
}

type Aging = Pick<EntryFacts, 'firstEntryAt'>;

/** When the enrollment reaches its greatest age; never, where its journey sets none. */
export function expiryOf(journey: CompiledJourney, { firstEntryAt }: Aging): Instant {
  return journey.untilMs === undefined ? Infinity : firstEntryAt + journey.untilMs;
}

/** Says whether an enrollment has reached its greatest age. Walk, gate and actions ask it. */
export function isExpired(journey: CompiledJourney, aging: Aging, now: Instant): boolean {
  return now >= expiryOf(journey, aging);
}

/** Ends an enrollment where it stands. A message that is held there comes to nothing. */
export function endHere(progress: Progress, finding: Finding): Progress {
  const { position } = progress;
  const isHeld = position.kind === 'standing' && position.held !== undefined;
  return end(progress, isHeld ? { ...finding, heldMessage: true } : finding);
}

/** Ends an enrollment that has reached its greatest age. */
export function expire(journey: CompiledJourney, way: Way): Progress {
  return end(way, { as: 'expired', because: 'expired', at: expiryOf(journey, way) });
}

/** Ends an enrollment whose workflow an operator has canceled. An earlier end stays. */
export function stop(progress: Progress, at: Instant): Progress {
  if (progress.position.kind === 'ended') return progress;
  return endHere(progress, { as: 'stopped', because: 'operator', at });
}

/** Adds a decision that the next activity writes. */
export function note<Some extends Way>(way: Some, line: Noted): Some {
  const { notes, nextNote } = way;
  return { ...way, notes: [...notes, { seq: nextNote, ...line }], nextNote: nextNote + 1 };
}
