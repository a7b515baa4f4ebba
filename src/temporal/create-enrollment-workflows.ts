import { createHash } from 'node:crypto';
import {
  isGrpcServiceError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  type Client,
  type WorkflowStartOptions,
} from '@temporalio/client';
import { encodeToPayloadsWithContext } from '@temporalio/common/lib/internal-non-workflow';
import { DomainError } from '../core/domain-error';
import type { EnrollmentId } from '../core/ids';
import { progressFrom, type CarriedProgress } from '../core/enrollments/progress';
import type { HeardEvent, Progress } from '../core/enrollments/progress';
import {
  enrollmentWorkflow,
  eventsSignal,
  journeyQueue,
  progressQuery,
  type EnrollmentInput,
} from '../contract/enrollment-workflow';
import { delayedStartPriority } from '../contract/priorities';
import type { EnrollmentWorkflows, StartDelay, Told } from './enrollment-workflows';
import { endWedged } from './end-wedged';
import { removeHistory } from './remove-history';
import type { Counted } from './requests-counter';
import { searchAttributesOf } from './search-attributes';
import { stateOf } from './workflow-state';

type Settings = Readonly<{
  client(): Client | undefined;
  /** Counts a call about an enrollment by the name of its method. */
  count(method: Counted): void;
  deadlineMs?: number;
  queryDeadlineMs?: number;
}>;

const invalidArgument = 3;
const notFound = 5;

export function createEnrollmentWorkflows({
  client,
  count,
  deadlineMs = 5_000,
  queryDeadlineMs = 1_000,
}: Settings): EnrollmentWorkflows {
  const connected = () => {
    const found = client();
    if (!found)
      throw new DomainError('unavailable', 'Temporal is not connected yet; it is tried again');
    return found;
  };
  return {
    start: async (input, delay) => {
      count('start');
      await within(connected(), deadlineMs, (live) => start(live, input, delay));
    },
    tell: async (enrollment, events, waking) => {
      count('signal');
      return within(connected(), deadlineMs, (live) => tell(live, { enrollment, events, waking }));
    },
    remove: async (enrollment) => {
      count('remove');
      return within(connected(), deadlineMs, (live) => removeHistory(live, enrollment));
    },
    endWedged: async (enrollment) => {
      count('describe');
      return within(connected(), deadlineMs, (live) => endWedged(live, enrollment));
    },
    progressOf: async (enrollment) => {
      const live = client();
      if (!live) return undefined;
      count('query');
      return within(live, queryDeadlineMs, () => query(live, enrollment)).catch(() => undefined);
    },
    stateOf: async (enrollment) => {
      count('describe');
      return within(connected(), queryDeadlineMs, (live) => stateOf(live, enrollment));
    },
    isReachable: async () => {
      const live = client();
      if (!live) return false;
      const answer = within(live, queryDeadlineMs, () => live.workflowService.getSystemInfo({}));
      return answer.then(
        () => true,
        () => false,
      );
    },
  };
}

async function within<Result>(
  client: Client,
  deadlineMs: number,
  call: (client: Client) => Promise<Result>,
): Promise<Result> {
  return client.connection.withDeadline(Date.now() + deadlineMs, () => call(client));
}

function optionsOf(input: EnrollmentInput) {
  const { journey, enrollment } = input;
  return {
    workflowId: enrollment,
    taskQueue: journeyQueue,
    args: [input],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    staticSummary: `${journey.name} v${journey.version} (${journey.stage})`,
    typedSearchAttributes: searchAttributesOf(input),
  } satisfies WorkflowStartOptions;
}

async function start(client: Client, input: EnrollmentInput, delay?: StartDelay): Promise<void> {
  try {
    await client.workflow.start(enrollmentWorkflow, {
      ...optionsOf(input),
      ...(delay && {
        startDelay: delay.delayMs,
        staticDetails: delay.details,
        priority: { priorityKey: delayedStartPriority },
      }),
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

type Telling = Readonly<{
  enrollment: EnrollmentId;
  events: readonly HeardEvent[];
  waking: EnrollmentInput | undefined;
}>;

/** A signal that could have started the workflow ends the delay of its start. */
async function tell(client: Client, { enrollment, events, waking }: Telling): Promise<Told> {
  if (!waking) return signal(client, enrollment, events);
  const telling = { signal: eventsSignal, signalArgs: [events] };
  try {
    await client.workflow.signalWithStart(enrollmentWorkflow, { ...optionsOf(waking), ...telling });
    return 'told';
  } catch (error) {
    return refusalIn(error);
  }
}

/** The raw call, because only it takes a request id that our retries share. */
async function signal(
  client: Client,
  workflowId: EnrollmentId,
  events: readonly HeardEvent[],
): Promise<Told> {
  const { namespace, identity, loadedDataConverter } = client.options;
  const context = { type: 'workflow', namespace, workflowId } as const;
  const payloads = await encodeToPayloadsWithContext(loadedDataConverter, context, [events]);
  try {
    await client.workflowService.signalWorkflowExecution({
      namespace,
      identity,
      workflowExecution: { workflowId },
      signalName: eventsSignal,
      requestId: requestIdOf(events),
      input: { payloads: payloads ?? [] },
    });
    return 'told';
  } catch (error) {
    return refusalIn(error);
  }
}

/** Reads the refusal of a signal. Throws `invalid` where Temporal never takes it. */
function refusalIn(error: unknown): 'not-found' {
  if (error instanceof WorkflowExecutionAlreadyStartedError) return 'not-found';
  const cause = error instanceof ServiceError ? error.cause : error;
  if (!isGrpcServiceError(cause)) throw error;
  const code: number = cause.code;
  if (code === notFound) return 'not-found';
  if (code === invalidArgument) throw new DomainError('invalid', cause.details);
  throw error;
}

function requestIdOf(events: readonly HeardEvent[]): string {
  return createHash('sha256')
    .update(events.map(({ id }) => id).join(' '))
    .digest('base64url');
}

async function query(client: Client, enrollment: string): Promise<Progress> {
  const handle = client.workflow.getHandle(enrollment);
  return progressFrom(await handle.query<CarriedProgress>(progressQuery));
}
