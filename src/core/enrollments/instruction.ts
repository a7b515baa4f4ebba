import { assertNever } from '../assert-never';
import { advance } from './advance';
import type { Instant } from '../time/clock';
import type { CompiledJourney, CompiledSend } from '../journeys/compiled-journey';
import type { EndReason, Note } from '../decisions/decision';
import type { EventKey, StepId } from '../ids';
import type { Ended, Progress, Standing } from './progress';
import { expiryOf, stepAt } from './walk';

/** What the shell has to do next. Each becomes at most one timer or one activity. */
export type Instruction =
  SendInstruction | WaitInstruction | ResolveInstruction | DecideInstruction | FinishInstruction;

/** Where an enrollment will stand once a send is over, so that the send can write it in the same breath. */
export type Following = Readonly<
  { kind: 'step'; step: StepId } | { kind: 'end'; as: string; because: EndReason }
>;

export type SendInstruction = Readonly<{
  kind: 'send';
  step: StepId;
  visit: number;
  following: Following;
  notes: readonly Note[];
}>;

/** Rest until `until`, or until `progress` stands elsewhere. */
export type WaitInstruction = Readonly<{
  kind: 'wait';
  step: StepId;
  visit: number;
  until: Instant;
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

/** `write` names what the store does not know yet; absent when it knows all. */
export type FinishInstruction = Readonly<{
  kind: 'finish';
  as: string;
  because: EndReason;
  at: Instant;
  by?: EventKey;
  write?: Readonly<{ closed: boolean; notes: readonly Note[] }>;
}>;

export function nextInstruction(journey: CompiledJourney, progress: Progress): Instruction {
  const { position } = progress;
  if (position.kind === 'ended') return finish(position, progress.notes);
  const step = stepAt(journey, position.step);
  switch (step.kind) {
    case 'send':
      return send(journey, progress, { step, position });
    case 'wait':
      return wait(journey, progress, { position, duration: step.for });
    case 'waitFor':
      return wait(journey, progress, { position, duration: step.timeout });
    case 'branch':
      return { kind: 'decide', step: step.id, visit: position.visit, notes: progress.notes };
    case 'exit':
      throw new Error(`Progress rests on exit "${step.id}"`);
    default:
      return assertNever(step);
  }
}

/** True while progress rests on the very visit that an instruction is about: a refresh does not move it. */
export function isAt(
  { position }: Progress,
  at: Readonly<{ step: StepId; visit?: number }>,
): boolean {
  if (position.kind === 'ended' || position.step !== at.step) return false;
  return at.visit === undefined || position.visit === at.visit;
}

function send(
  journey: CompiledJourney,
  progress: Progress,
  { step, position }: Readonly<{ step: CompiledSend; position: Standing }>,
): SendInstruction {
  const { visit, since } = position;
  const after = advance(journey, progress, {
    kind: 'handled',
    step: step.id,
    at: since,
    written: 0,
  });
  return {
    kind: 'send',
    step: step.id,
    visit,
    following: followingOf(after),
    notes: progress.notes,
  };
}

function followingOf({ position }: Progress): Following {
  return position.kind === 'standing'
    ? { kind: 'step', step: position.step }
    : { kind: 'end', as: position.as, because: position.because };
}

function wait(
  journey: CompiledJourney,
  progress: Progress,
  {
    position,
    duration,
  }: Readonly<{ position: Standing; duration: { kind: string; iso?: string } }>,
): WaitInstruction | ResolveInstruction {
  const { deadline, step, visit, since } = position;
  if (deadline?.until === undefined) {
    return {
      kind: 'resolve',
      step,
      from: deadline?.from ?? since,
      duration: duration.iso ?? 'PT0S',
    };
  }
  return {
    kind: 'wait',
    step,
    visit,
    until: Math.min(deadline.until, expiryOf(journey, progress)),
  };
}

function finish(ended: Ended, notes: readonly Note[]): FinishInstruction {
  const { as, because, at, by, closed } = ended;
  const finding = { kind: 'finish', as, because, at, ...(by && { by }) } as const;
  return closed && notes.length === 0 ? finding : { ...finding, write: { closed, notes } };
}
