import {
  CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  sleep,
  TemporalFailure,
} from '@temporalio/workflow';
import type { ActActivities, LocalActivities, SendActivities } from '../contract/activities';
import { sendPriority, type Cause } from '../contract/priorities';
import { assertNever } from '../core/assert-never';
import { realDurationOf, type Instant } from '../core/time/clock';
import type {
  FinishInstruction,
  Instruction,
  SendInstruction,
  WaitInstruction,
} from '../core/enrollments/instruction';
import type { Outcome } from '../core/enrollments/outcome';
import { stepAt } from '../core/enrollments/walk';
import {
  sendQueue,
  type EnrollmentInput,
  type EnrollmentResult,
} from '../contract/enrollment-workflow';

type Surroundings = Readonly<{
  now(): Instant;
  isInterrupted(): boolean;
  cause: Cause;
}>;

/** A send waits its turn at the provider. Meanwhile its worker says that it lives. */
const sendTimeouts = { startToCloseTimeout: '10 minutes', heartbeatTimeout: '30 seconds' } as const;

const sending = proxyActivities<SendActivities>({ taskQueue: sendQueue, ...sendTimeouts });

const acting = proxyActivities<ActActivities>({ startToCloseTimeout: '2 minutes' });

/**
 * A failing local activity lengthens the history, so it is retried rarely. `persistently` goes on.
 */
const local = proxyLocalActivities<LocalActivities>({
  startToCloseTimeout: '10 seconds',
  retry: { maximumAttempts: 3, initialInterval: '200 milliseconds' },
});

/** Turns one instruction into at most one timer or one activity. */
export async function carryOut(
  input: EnrollmentInput,
  instruction: Exclude<Instruction, FinishInstruction>,
  surroundings: Surroundings,
): Promise<Outcome> {
  const { workspace, enrollment } = input;
  const summary = `${instruction.kind} ${instruction.step}`;
  switch (instruction.kind) {
    case 'wait':
      return wait(input, instruction, surroundings);
    case 'send':
      return sending.send.executeWithOptions(
        {
          taskQueue: sendQueue,
          ...sendTimeouts,
          summary,
          priority: priorityOf(input, instruction, surroundings.cause),
        },
        [{ workspace, enrollment, instruction }],
      );
    case 'act':
      return acting.act.executeWithOptions({ startToCloseTimeout: '2 minutes', summary }, [
        { workspace, enrollment, instruction },
      ]);
    case 'resolve': {
      const until = await persistently(() => local.resolve({ workspace, enrollment, instruction }));
      return { kind: 'resolved', step: instruction.step, from: instruction.from, until };
    }
    case 'decide':
      return persistently(() => local.decide({ workspace, enrollment, instruction }));
    default:
      return assertNever(instruction);
  }
}

/** Workspaces take turns within a priority, so that the backlog of one delays no other. */
function priorityOf(
  { journey, workspace }: EnrollmentInput,
  { step: id }: SendInstruction,
  cause: Cause,
) {
  const step = stepAt(journey, id);
  if (step.kind !== 'send') throw new Error(`Step "${id}" sends nothing`);
  return { priorityKey: sendPriority[step.purpose][cause], fairnessKey: workspace };
}

/**
 * Writes the end where the store does not know it yet. An exit may have come first. A canceled
 * workflow writes it too.
 */
export async function finish(
  { workspace, enrollment }: EnrollmentInput,
  instruction: FinishInstruction,
): Promise<EnrollmentResult> {
  const { as, because, write } = instruction;
  if (!write) return { as, because };
  const standing = await CancellationScope.nonCancellable(() =>
    persistently(() => local.close({ workspace, enrollment, instruction })),
  );
  return standing ?? { as, because };
}

/** Arms at most a timer. A timer that has run in full has reached its instant. */
async function wait(
  { clock }: EnrollmentInput,
  { step, until, because }: WaitInstruction,
  { now, isInterrupted }: Surroundings,
): Promise<Outcome> {
  const left = until - now();
  if (left <= 0) return { kind: 'woke', at: now() };
  const reason = because ? `: ${because}` : '';
  const summary = `${step} until ${new Date(until).toISOString()}${reason}`;
  const interrupted = await condition(isInterrupted, realDurationOf(clock, left), { summary });
  return { kind: 'woke', at: interrupted ? now() : Math.max(now(), until) };
}

/**
 * Pauses durably after trouble and tries again, for as long as the trouble lasts. The failure of a
 * local activity comes unwrapped.
 */
async function persistently<Result>(run: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof TemporalFailure) || isCancellation(error)) throw error;
      await sleep('30 seconds', { summary: 'again after trouble' });
    }
  }
}
