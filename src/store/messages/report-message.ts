import type { MessageId, WorkspaceId } from '../../core/ids';
import { weakerThan } from '../../core/messages/message';
import { reportedStatuses, reportedStatusOf, type MessageReport } from '../../core/messages/report';
import type { Instant } from '../../core/time/clock';
import type { Rows } from '../mongo/rows';
import type { MessageRow } from './message-row';

/** The part of a report that the ledger keeps. */
export type Reported = Pick<MessageReport, 'kind' | 'providerId' | 'detail'> &
  Readonly<{ at: Instant }>;

type Own = Readonly<{ workspace: WorkspaceId; _id: MessageId }>;

/** Records a report; see `Messages.report`. */
export async function reportMessage(
  rows: Rows<MessageRow>,
  own: Own,
  { kind, at, providerId, detail }: Reported,
): Promise<void> {
  const status = reportedStatusOf(kind);
  const times = { $min: { [`${kind}At`]: at } };
  const settled = { status, ...(detail !== undefined && { answer: detail }) };
  const isStronger = await rows.change(
    { ...own, status: { $in: weakerThan(status) } },
    { ...times, $set: settled, $unset: { because: 1, nextAttemptAt: 1 } },
  );
  const reported = { ...own, status: { $in: reportedStatuses } };
  if (!isStronger) await rows.change(reported, times);
  if (providerId !== undefined) {
    await rows.change({ ...reported, providerId: { $exists: false } }, { $set: { providerId } });
  }
}
