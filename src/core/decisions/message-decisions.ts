import type { JourneyId, MessageId, StepId } from '../ids';
import type { MessageHeld, MessageStand } from '../messages/message';
import type { Instant } from '../time/clock';
import type { MessageDecision, MessageOutcome } from './decision';
import { aboutEnrollment, type DecidedEnrollment } from './decisions';
import { byOperator, byProvider, unanswered } from './reasons';

/** A message, as far as its decision shows it. */
type Settled = Readonly<{
  id: MessageId;
  step: StepId;
  at: Instant;
  channel: string;
  purpose: string;
  template: string;
  repeated?: boolean;
}> &
  MessageStand;

/** A message has been sent, or never will be, or nobody knows. */
export function messageSettled(enrollment: DecidedEnrollment, message: Settled): MessageDecision {
  const { id, step, at, channel, purpose, template, repeated } = message;
  return {
    ...aboutEnrollment(enrollment),
    id: `${id}/message`,
    at,
    ...outcomeOf(message),
    step,
    facts: { channel, purpose, template, ...(repeated && { repeated }) },
    message: id,
  };
}

/** When a message was put off, and until when, if that is known. */
type PuttingOff = Readonly<{ at: Instant; until?: Instant }>;

/** A message waits. A repeat for the same reason and time changes nothing. */
export function messageDeferred(
  enrollment: DecidedEnrollment,
  message: Settled & MessageHeld,
  { at, until }: PuttingOff,
): MessageDecision {
  const settled = messageSettled(enrollment, message);
  const waits = until === undefined ? {} : { until: new Date(until).toISOString() };
  const id = `${message.id}/deferred/${until ?? message.because}`;
  return { ...settled, id, at, facts: { ...settled.facts, ...waits } };
}

/** Nobody knows what became of an unsettled message. A reported one has been sent. */
function outcomeOf(message: MessageStand): MessageOutcome {
  switch (message.status) {
    case 'deferred':
      return { kind: 'deferred', because: message.because };
    case 'skipped':
      return { kind: 'skipped', because: message.because };
    case 'failed':
      return { kind: 'failed', because: message.because };
    case 'unknown':
    case 'claimed':
    case 'handing':
      return { kind: 'unknown', because: unanswered };
    default:
      return { kind: 'sent', ...(message.because && { because: message.because }) };
  }
}

/** A message whose outcome is unknown, as far as its resolution names it. */
type Unresolved = Readonly<{ id: MessageId }> &
  Pick<MessageDecision, 'workspace' | 'contact' | 'enrollment' | 'step'>;

/** The finding of an operator. `journey` is undefined where the enrollment is not stored. */
type Finding = Readonly<{
  status: 'sent' | 'failed';
  journey: JourneyId | undefined;
  at: Instant;
  by: string;
  reason: string;
}>;

/** A provider reports on a message whose outcome was unknown. The first finding stays. */
export function messageReported(
  message: Unresolved,
  {
    journey,
    at,
    report,
  }: Readonly<{ journey: JourneyId | undefined; at: Instant; report: string }>,
): MessageDecision {
  const finding = { kind: 'sent', because: byProvider, facts: { report } } as const;
  return { ...aboutMessage(message, journey), id: `${message.id}/resolved`, at, ...finding };
}

/** An operator has found out whether a message went out. The first finding stays. */
export function messageResolved(message: Unresolved, finding: Finding): MessageDecision {
  const { status, journey, at, by, reason } = finding;
  const found = { at, kind: status, because: byOperator, facts: { by, reason } } as const;
  return { ...aboutMessage(message, journey), id: `${message.id}/resolved`, ...found };
}

function aboutMessage(
  { id, workspace, contact, enrollment, step }: Unresolved,
  journey: JourneyId | undefined,
) {
  return { workspace, contact, enrollment, ...(journey && { journey }), step, message: id };
}
