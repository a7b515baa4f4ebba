import { messageResolved } from '../../core/decisions/message-decisions';
import type { Instant } from '../../core/time/clock';
import type { MessageId, WorkspaceId } from '../../core/ids';
import type { Message } from '../../core/messages/message';
import type { Store } from '../../store/store';

type Dependencies = Readonly<{
  store: Pick<Store, 'messages' | 'decisions' | 'enrollments'>;
  now: Instant;
}>;

/** The finding of an operator about a message, with the operator's name and reason. */
export type Resolution = Readonly<{
  message: MessageId;
  status: 'sent' | 'failed';
  by: string;
  reason: string;
}>;

export type Resolved =
  Readonly<{ kind: 'resolved' | 'settled'; message: Message }> | Readonly<{ kind: 'no-message' }>;

/**
 * Settles an `unknown` message. The decision is written first and only once: of two operators the
 * ledger follows the first. A message that is settled otherwise stays as it is.
 */
export async function resolveMessage(
  { store, now }: Dependencies,
  workspace: WorkspaceId,
  { message: id, status, by, reason }: Resolution,
): Promise<Resolved> {
  const message = await store.messages.find(workspace, id);
  if (!message) return { kind: 'no-message' };
  if (message.status !== 'unknown') return { kind: 'settled', message };
  const { enrollment } = message;
  const journey = (await store.enrollments.find(workspace, enrollment))?.journey;
  const decision = messageResolved(message, { status, journey, at: now, by, reason });
  await store.decisions.record([decision]);
  const recorded = await store.decisions.ofEnrollment(workspace, enrollment);
  const first = recorded.find((line) => line.id === decision.id)?.kind ?? status;
  const resolved = await store.messages.resolve(
    workspace,
    id,
    first === 'failed' ? 'failed' : 'sent',
  );
  return { kind: resolved.status === status ? 'resolved' : 'settled', message: resolved };
}
