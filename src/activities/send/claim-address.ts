import { personIdsOf } from '../../core/contacts/contact';
import type { Message } from '../../core/messages/message';
import type { Recipient } from '../../store/messages/recipients';
import { nowOf, type ActivityDependencies } from '../dependencies';
import type { Sending } from './sending';

const weekMs = 604_800_000;

/**
 * Says whether a message is the only one of its step to an address. Two contacts may have one
 * address; the first of them gets the message, and the other one after a week. A message that a
 * contract requires goes to both. A repeat for the same person answers alike.
 */
export async function claimAddress(
  dependencies: ActivityDependencies,
  sending: Sending,
  { address, channel }: Readonly<{ address: string }> & Pick<Message, 'channel'>,
): Promise<boolean> {
  const { enrollment, step, contact } = sending;
  if (step.purpose === 'transactional') return true;
  const at = nowOf(dependencies);
  const { store, clock } = dependencies;
  return store.recipients.take(enrollment.workspace, recipientOf(sending, { address, channel }), {
    contacts: [enrollment.contact, ...(contact ? personIdsOf(contact) : [])],
    at,
    since: at - weekMs,
    until: clock.realNow() + weekMs,
  });
}

/** Gives an address back that a failed message has not reached. A repeat changes nothing. */
export async function releaseAddress(
  { store }: ActivityDependencies,
  sending: Sending,
  { address, message }: Readonly<{ address: string; message: Message }>,
): Promise<void> {
  if (message.status !== 'failed') return;
  const { workspace, contact } = sending.enrollment;
  const { channel } = message;
  await store.recipients.release(workspace, recipientOf(sending, { address, channel }), contact);
}

function recipientOf(
  { enrollment: { journey, key }, step: { id } }: Sending,
  { address, channel }: Pick<Recipient, 'address' | 'channel'>,
): Recipient {
  return { journey, key, step: id, channel, address };
}
