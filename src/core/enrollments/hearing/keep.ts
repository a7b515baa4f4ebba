import type { Condition } from '../../conditions/condition';
import { occurrenceFactsOf } from '../../conditions/facts';
import { holds, pathsOf } from '../../conditions/holds';
import { tooManyEvents } from '../../decisions/reasons';
import type { StepId } from '../../ids';
import type { CompiledJourney } from '../../journeys/compiled-journey';
import { meaningOf } from '../../journeys/steps/kinds';
import { nextsOf, type WaitMeaning } from '../../journeys/steps/step';
import type { HeardEvent, Progress } from '../progress';
import { note, stepAt } from '../walk';

/** A later wait can look back on this many events that it may hear. */
export const mostKept = 50;

type WaitAhead = Readonly<{ step: StepId; meaning: WaitMeaning }>;

/**
 * Keeps an event for the waits ahead that may hear it. Each of them keeps the first 50; to let a
 * further one go is a decision, noted once until that wait is reached.
 */
export function keepFor(journey: CompiledJourney, progress: Progress, event: HeardEvent): Progress {
  const ahead = waitsAhead(journey, progress);
  const mayHear = ({ meaning }: WaitAhead, one: HeardEvent) =>
    mayMatch(journey, progress, { meaning, event: one });
  const waits = ahead.filter((wait) => mayHear(wait, event));
  if (waits.length === 0) return progress;
  const heard = progress.heard.filter((one) => ahead.some((wait) => mayHear(wait, one)));
  const isFull = (wait: WaitAhead) => heard.filter((one) => mayHear(wait, one)).length >= mostKept;
  const full = waits.filter(isFull).map(({ step }) => step);
  if (full.length < waits.length) return { ...progress, heard: [...heard, event] };
  return full.reduce<Progress>((rest, step) => letGo(rest, step, event), { ...progress, heard });
}

function letGo(progress: Progress, step: StepId, event: HeardEvent): Progress {
  const { full = [] } = progress;
  if (full.includes(step)) return progress;
  const line = { kind: 'let-go', because: tooManyEvents, at: event.receivedAt, step } as const;
  return { ...note(progress, { ...line, event: event.id }), full: [...full, step] };
}

/** The waits that an enrollment can still come to. Its present one needs a way round. */
function waitsAhead(journey: CompiledJourney, { position }: Progress): readonly WaitAhead[] {
  if (position.kind === 'ended') return [];
  const reached = new Set<StepId>();
  const open = [...stepsAfter(journey, position.step)];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    if (reached.has(step)) continue;
    reached.add(step);
    open.push(...stepsAfter(journey, step));
  }
  return [...reached].flatMap((step) => {
    const meaning = meaningOf(stepAt(journey, step));
    return meaning.kind === 'wait' ? [{ step, meaning }] : [];
  });
}

function stepsAfter(journey: CompiledJourney, step: StepId): readonly StepId[] {
  return nextsOf(meaningOf(stepAt(journey, step))).filter((next) => next !== null);
}

/** False only where a wait ahead cannot hear an event, whatever comes. */
function mayMatch(
  journey: CompiledJourney,
  progress: Progress,
  { meaning, event }: Readonly<{ meaning: WaitMeaning; event: HeardEvent }>,
): boolean {
  if (event.occurredAt < earliestFor(meaning, progress)) return false;
  return meaning.heard.some(
    ({ names, when }) =>
      names.includes(event.name) && (!when || mayHold(journey, progress, { when, event })),
  );
}

/** A wait ahead counts from a step that begins now or later. */
function earliestFor({ heardSince }: WaitMeaning, { firstEntryAt, position }: Progress): number {
  return heardSince === 'entry' || position.kind === 'ended' ? firstEntryAt : position.since;
}

/** A condition on the entry is open while a refresh may change the entry. */
function mayHold(
  { entry: { repeat } }: CompiledJourney,
  { entry }: Progress,
  { when, event }: Readonly<{ when: Condition; event: HeardEvent }>,
): boolean {
  const isOpen = repeat === 'refresh' && pathsOf(when).some((path) => path.startsWith('entry.'));
  return (
    isOpen || holds(when, { event: occurrenceFactsOf(event), entry: occurrenceFactsOf(entry) })
  );
}
