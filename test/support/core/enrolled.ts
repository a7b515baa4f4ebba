import { advance } from '../../../src/core/enrollments/advance';
import { begin } from '../../../src/core/enrollments/begin';
import { compile } from '../../../src/core/journeys/compile';
import type { CompiledJourney } from '../../../src/core/journeys/compiled-journey';
import { snapshotOf, type Event } from '../../../src/core/events/event';
import {
  isAt,
  nextInstruction,
  type Instruction,
  type PerformInstruction,
} from '../../../src/core/enrollments/instruction';
import type { Journey } from '../../../src/core/journeys/journey';
import type { Outcome } from '../../../src/core/enrollments/outcome';
import type { EntryFacts, HeardEvent, Progress } from '../../../src/core/enrollments/progress';
import { hear } from '../../../src/core/enrollments/hear';
import type { Effect } from '../../../src/core/events/recorded-event';

/** An enrollment on the pure core, one step at a time. */
export type Enrolled = Readonly<{
  progress: Progress;
  instruction: Instruction;
  hears(event: Event, effect?: Effect): Enrolled;
  /** The timer of a wait fires. */
  wakes(at: number): Enrolled;
  /** The send or decision it stands on is over. */
  after(outcome: Outcome): Enrolled;
  sent(at: number): Enrolled;
}>;

export function enrolled(journey: Journey, entry: Event): Enrolled {
  const compiled = compile(journey, 1);
  return standing(compiled, begin(compiled, openingOf(entry)));
}

export function openingOf(entry: Event): EntryFacts {
  const { key, occurredAt, receivedAt } = entry;
  const snapshot = snapshotOf(entry);
  return { entry: snapshot, firstEntryAt: occurredAt, openedAt: receivedAt, enteredBy: key };
}

export function heard(event: Event, effect: Effect = { kind: 'told' }): HeardEvent {
  const { key, name, occurredAt, receivedAt, properties } = event;
  return { id: key, name, occurredAt, receivedAt, properties, effect };
}

function standing(journey: CompiledJourney, progress: Progress): Enrolled {
  const instruction = nextInstruction(journey, progress);
  const go = (next: Progress) => standing(journey, next);
  return {
    progress,
    instruction,
    hears: (event, effect) => go(hear(journey, progress, heard(event, effect), event.receivedAt)),
    wakes: (at) => go(advance(journey, progress, { kind: 'woke', at })),
    after: (outcome) => go(advance(journey, progress, outcome)),
    sent: (at) => {
      if (!isPerformed(instruction) || !isAt(progress, instruction))
        throw new Error('nothing to send');
      const written = instruction.notes.length;
      return go(
        advance(journey, progress, { kind: 'handled', step: instruction.step, at, written }),
      );
    },
  };
}

function isPerformed(instruction: Instruction): instruction is PerformInstruction {
  return instruction.kind === 'send' || instruction.kind === 'act';
}
