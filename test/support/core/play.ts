import { assertNever } from '../../../src/core/assert-never';
import type { Event } from '../../../src/core/events/event';
import type { Journey } from '../../../src/core/journeys/journey';
import type { Progress } from '../../../src/core/enrollments/progress';
import type { Effect } from '../../../src/core/events/recorded-event';
import { enrolled, type Enrolled } from './enrolled';

const day = 86_400_000;
const mostTurns = 100_000;

/** The name of an event by which an operator ends the current wait. */
export const waitSkipped = 'Wait Skipped';

/**
 * Plays an enrollment to its end under its own clock. Events come by event time. Answers every
 * state passed.
 */
export function play(
  journey: Journey,
  entry: Event,
  events: readonly Event[],
): readonly Enrolled[] {
  const states = [enrolled(journey, entry)];
  const coming = [...events].sort((one, other) => one.occurredAt - other.occurredAt);
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const state = states.at(-1);
    if (!state || state.instruction.kind === 'finish') return states;
    states.push(next(state, coming));
  }
  throw new Error('The journey does not end');
}

function next(state: Enrolled, coming: Event[]): Enrolled {
  const { instruction, progress } = state;
  const since = sinceOf(progress);
  switch (instruction.kind) {
    case 'send':
    case 'act':
      return state.sent(since);
    case 'resolve':
      return state.after({ ...instruction, kind: 'resolved', until: instruction.from + day });
    case 'decide':
      return state.after({
        kind: 'decided',
        step: instruction.step,
        taken: 0,
        at: since,
        written: instruction.notes.length,
      });
    case 'wait': {
      const event = coming[0];
      if (!event || event.occurredAt > instruction.until) return state.wakes(instruction.until);
      return state.hears(coming.shift() ?? event, effectOf(event, skipAt(progress)));
    }
    case 'finish':
      return state;
    default:
      return assertNever(instruction);
  }
}

function sinceOf({ position }: Progress): number {
  return position.kind === 'ended' ? 0 : position.since;
}

function effectOf({ name }: Event, skip: Effect): Effect {
  if (name === waitSkipped) return skip;
  return { kind: name === 'Cart Updated' ? 'refreshed' : 'told' };
}

/** What skips the wait at which an enrollment stands now. */
export function skipAt({ position }: Progress): Effect {
  if (position.kind === 'ended') return { kind: 'told' };
  const { step, since, visit } = position;
  return { kind: 'skipped-wait', step, since, visit };
}
