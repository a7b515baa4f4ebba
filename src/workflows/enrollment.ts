import { continueAsNew, setCurrentDetails, setHandler } from '@temporalio/workflow';
import { advance } from '../core/enrollments/advance';
import { begin } from '../core/enrollments/begin';
import { progressFrom, type Progress } from '../core/enrollments/progress';
import { stop } from '../core/enrollments/walk';
import { virtualOf } from '../core/time/clock';
import { isAt, nextInstruction, type Instruction } from '../core/enrollments/instruction';
import { hear } from '../core/enrollments/hear';
import type { Cause } from '../contract/priorities';
import { isCanceled } from './canceled';
import { carryOut, finish } from './carry-out';
import { detailsOf } from './details';
import { rememberSeen } from './seen';
import { isLongRun } from './run-length';
import type { EnrollmentInput, EnrollmentResult } from '../contract/enrollment-workflow';
import { events, progressOf } from './handlers';

/** Walks one contact through one journey, for as long as the journey takes. */
export async function enrollment(input: EnrollmentInput): Promise<EnrollmentResult> {
  const { journey, clock, resumed } = input;
  const now = () => virtualOf(clock, Date.now());
  const seen = rememberSeen(resumed?.seen ?? []);
  let progress = resumed ? progressFrom(resumed.progress) : begin(journey, input.opening);
  let cause: Cause = 'event';
  setHandler(events, (batch) => {
    for (const event of seen.unseen(batch)) progress = hear(journey, progress, event, now());
  });
  setHandler(progressOf, () => progress);

  for (;;) {
    const instruction = nextInstruction(journey, progress);
    setCurrentDetails(detailsOf(journey, progress, instruction));
    if (instruction.kind === 'finish') return finish(input, instruction);
    if (instruction.kind === 'wait' && isLongRun(input)) {
      await continueAsNew<typeof enrollment>({ ...input, resumed: { progress, seen: seen.ids() } });
    }
    try {
      const outcome = await carryOut(input, instruction, {
        now,
        cause,
        isInterrupted: () => !isAt(progress, instruction) || isLongRun(input),
      });
      cause = causeAfter(cause, instruction, progress);
      progress = advance(journey, progress, outcome);
    } catch (error) {
      if (isCanceled()) await finishAt(input, (progress = stop(progress, now())));
      throw error;
    }
  }
}

/** A wait that progress still rests on has ended by time. Other work keeps the cause. */
function causeAfter(before: Cause, instruction: Instruction, progress: Progress): Cause {
  if (instruction.kind !== 'wait') return before;
  return isAt(progress, instruction) ? 'time' : 'event';
}

async function finishAt(input: EnrollmentInput, progress: Progress): Promise<void> {
  const instruction = nextInstruction(input.journey, progress);
  if (instruction.kind === 'finish') await finish(input, instruction);
}
