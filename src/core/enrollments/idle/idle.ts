import type { CompiledJourney } from '../../journeys/compiled-journey';
import { meaningOf } from '../../journeys/steps/kinds';
import type { Instant } from '../../time/clock';
import { waitAt } from '../advance';
import { firstDeadlineOf, restarted } from '../deadline';
import type { Enrollment } from '../enrollment';
import type { Waiting } from '../progress';
import { exitNamesOf } from '../exits';
import { expiryOf, stepAt } from '../walk';

type Place = Pick<Enrollment, 'step' | 'since' | 'firstEntryAt' | 'awake'>;

/**
 * Until when a workflow has nothing to do. Its enrollment is on its first wait, of an exact length,
 * which no event ends. Before that instant it need hear only of its end, and of a skipped wait.
 * Undefined for every other place.
 */
export function idleUntil(journey: CompiledJourney, place: Place): Instant | undefined {
  const until = firstWaitOf(journey, place)?.deadline.until;
  return until === undefined ? undefined : Math.min(until, expiryOf(journey, place));
}

/** The wait of an idle enrollment as its newest entry has left it. Undefined for any other. */
export function idleWait(
  journey: CompiledJourney,
  enrollment: Enrollment,
  now: Instant,
): Waiting | undefined {
  const until = idleUntil(journey, enrollment);
  const first = firstWaitOf(journey, enrollment);
  if (!first || until === undefined || now >= until) return undefined;
  return restarted(waitAt(journey, first.step), first, enrollment.snapshot.occurredAt);
}

/** Describes an idle enrollment for the Temporal UI, in Markdown. */
export function idleDetailsOf(
  journey: CompiledJourney,
  { step, firstEntryAt }: Place,
  until: Instant,
): string {
  return [
    `**${journey.name}** v${journey.version}, ${journey.stage}`,
    '',
    `- entered ${isoOf(firstEntryAt)}`,
    `- begins with a wait at \`${step}\` until ${isoOf(until)}, unless a refresh makes it longer`,
    `- ends on ${exitNamesOf(journey).join(', ') || 'nothing but its own end'}`,
  ].join('\n');
}

function isoOf(at: Instant): string {
  return new Date(at).toISOString();
}

type FirstWait = Waiting & Readonly<{ deadline: Extract<Waiting['deadline'], { kind: 'exact' }> }>;

function firstWaitOf(
  journey: CompiledJourney,
  { step, since, firstEntryAt, awake }: Place,
): FirstWait | undefined {
  // A later step begins after the entry.
  if (awake || step === null || since !== firstEntryAt) return undefined;
  const meaning = meaningOf(stepAt(journey, step));
  if (meaning.kind !== 'wait' || meaning.heard.length > 0) return undefined;
  const deadline = firstDeadlineOf(meaning.for, since);
  if (deadline.kind !== 'exact') return undefined;
  return { kind: 'waiting', step, visit: 1, since, previousSince: since, deadline };
}
