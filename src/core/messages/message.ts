import type { Instant } from '../time/clock';
import type { ChannelName, Purpose } from '../contacts/contact';
import type { MessageReason } from '../decisions/reasons';
import type { ContactId, EnrollmentId, MessageId, StepId, TemplateId, WorkspaceId } from '../ids';

/**
 * A line of the ledger. `claimed`: a send has begun, nothing has been handed over; `handing`: the hand-over has begun and its
 * answer is not known yet; the rest are final, but for `unknown`, which an operator may resolve as `sent` or `failed`.
 */
export type MessageStatus = 'claimed' | 'handing' | 'sent' | 'skipped' | 'failed' | 'unknown';

export type Message = Readonly<{
  id: MessageId;
  workspace: WorkspaceId;
  enrollment: EnrollmentId;
  contact: ContactId;
  step: StepId;
  visit: number;
  template: TemplateId;
  purpose: Purpose;
  channel: ChannelName;
  provider: string;
  status: MessageStatus;
  because?: MessageReason;
  providerId?: string;
  /** True where an unanswered hand-over was repeated under `at-least-once`. */
  repeated?: boolean;
  at: Instant;
}>;
