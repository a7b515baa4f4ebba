import { assertNever } from '../assert-never';
import type { Note } from '../decisions/decision';
import type { DeferReason, EndReason } from '../decisions/reasons';
import type { EventKey, StepId } from '../ids';
import type { CompiledJourney } from '../journeys/compiled-journey';
import { meaningOf } from '../journeys/steps/kinds';
import type { Performed, StepMeaning } from '../journeys/steps/step';
import type { Instant } from '../time/clock';
import { advance, waitAt } from './advance';
import type { Ended, Progress, Standing, Waiting } from './progress';
import { expiryOf, stepAt } from './walk';

/** The next thing for the shell to do. Each becomes at most one timer or one activity. */
export type Instruction =
  PerformInstruction | WaitInstruction | ResolveInstruction | DecideInstruction | FinishInstruction;

/**
 * The place of an enrollment once the work of a step is over. The activity writes it. `on` names
 * the entry that it rests on: once a refresh has replaced that one, the workflow decides anew.
 */
export type Following = Readonly<{ on?: EventKey }> &
  Readonly<{ kind: 'step'; step: StepId } | { kind: 'end'; as: string; because: EndReason }>;

/** Do the work of a step by the activity of that name. */
export type PerformInstruction = { [Work in Performed]: InstructionTo<Work> }[Performed];

/** Do one kind of work, and write the notes and where the enrollment stands afterwards. */
export type InstructionTo<Work extends Performed> = Readonly<{
  kind: Work;
  step: StepId;
  visit: number;
  following: Following;
  notes: readonly Note[];
}>;

/** Send the message of a step. */
export type SendInstruction = InstructionTo<'send'>;

/** Carry out the action of a step. */
export type ActInstruction = InstructionTo<'act'>;

/**
 * Rest until `until`, or until `progress` stands elsewhere. `because` says why a message is held.
 */
export type WaitInstruction = Readonly<{
  kind: 'wait';
  step: StepId;
  visit: number;
  until: Instant;
  because?: DeferReason;
}>;

/** Find the instant that lies a calendar duration after `from` in the contact's zone. */
export type ResolveInstruction = Readonly<{
  kind: 'resolve';
  step: StepId;
  from: Instant;
  duration: string;
}>;

/** Load the facts of a branch, evaluate its cases, write the decision. */
export type DecideInstruction = Readonly<{
  kind: 'decide';
  step: StepId;
  visit: number;
  notes: readonly Note[];
}>;

/**
 * `write` names what the store does not know yet; absent when it knows all. A held message comes to
 * nothing.
 */
export type FinishInstruction = Readonly<{
  kind: 'finish';
  as: string;
  because: EndReason;
  at: Instant;
  by?: EventKey;
  write?: Readonly<{ closed: boolean; notes: readonly Note[]; heldMessage?: true }>;
}>;

/** Says what progress asks for. The same progress asks for the same. */
export function nextInstruction(journey: CompiledJourney, progress: Progress): Instruction {
  const { position, notes } = progress;
  switch (position.kind) {
    case 'ended':
      return finish(position, notes);
    case 'waiting':
      return wait(journey, progress, position);
    case 'standing':
      return work(journey, progress, position);
    default:
      return assertNever(position);
  }
}

/** True while progress rests on the visit of an instruction. A refresh does not move it. */
export function isAt(
  { position }: Progress,
  at: Readonly<{ step: StepId; visit?: number }>,
): boolean {
  if (position.kind === 'ended' || position.step !== at.step) return false;
  return at.visit === undefined || position.visit === at.visit;
}

function work(journey: CompiledJourney, progress: Progress, position: Standing): Instruction {
  const { step, visit, since, held } = position;
  const { notes } = progress;
  if (held) return { kind: 'wait', step, visit, ...held };
  const meaning = meaningOf(stepAt(journey, step));
  if (meaning.kind === 'decide') return { kind: 'decide', step, visit, notes };
  if (meaning.kind !== 'perform') throw restsWhereItCannot(step, meaning);
  const after = advance(journey, progress, { kind: 'handled', step, at: since, written: 0 });
  return { kind: meaning.work, step, visit, following: followingOf(progress, after), notes };
}

function restsWhereItCannot(step: StepId, { kind }: StepMeaning): Error {
  return new Error(`Progress stands on step "${step}", which means "${kind}"`);
}

/** Each decision on the way is a note, and each may rest on the entry. */
function followingOf(before: Progress, { position, nextNote }: Progress): Following {
  const rests = nextNote > before.nextNote ? { on: before.entry.event } : {};
  return position.kind === 'ended'
    ? { kind: 'end', as: position.as, because: position.because, ...rests }
    : { kind: 'step', step: position.step, ...rests };
}

function wait(
  journey: CompiledJourney,
  progress: Progress,
  { deadline, step, visit }: Waiting,
): WaitInstruction | ResolveInstruction {
  if (deadline.kind === 'unresolved') {
    const { for: duration } = waitAt(journey, step);
    const iso = duration.kind === 'calendar' ? duration.iso : 'PT0S';
    return { kind: 'resolve', step, from: deadline.from, duration: iso };
  }
  return {
    kind: 'wait',
    step,
    visit,
    until: Math.min(deadline.until, expiryOf(journey, progress)),
  };
}

function finish(ended: Ended, notes: readonly Note[]): FinishInstruction {
  const { as, because, at, by, closed, heldMessage } = ended;
  const finding = { kind: 'finish', as, because, at, ...(by && { by }) } as const;
  if (closed && notes.length === 0 && !heldMessage) return finding;
  return { ...finding, write: { closed, notes, ...(heldMessage && { heldMessage }) } };
}
