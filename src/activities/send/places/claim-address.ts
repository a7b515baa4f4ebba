import { personIdsOf } from '../../../core/contacts/contact';
import { hasComeToNothing } from '../../../core/messages/message';
import { nowOf, type ActivityDependencies } from '../../dependencies';
import type { Addressed, Sending } from '../sending';

const weekMs = 604_800_000;

/**
 * Says whether a message is the only one of its step to an address. Two contacts may have one
 * address; the first of them gets the message, and the other one after a week. A message that was
 * not sent gives its address up. A message that a contract requires goes to both. A repeat for the
 * same person answers alike.
 */
export async function claimAddress(
  dependencies: ActivityDependencies,
  { enrollment, step, contact }: Sending,
  { id: message, address, channel }: Addressed,
): Promise<boolean> {
  if (step.purpose === 'transactional') return true;
  const at = nowOf(dependencies);
  const { store, clock } = dependencies;
  const { workspace, journey, key } = enrollment;
  const recipient = { journey, key, step: step.id, channel, address };
  const asking = {
    contacts: [enrollment.contact, ...(contact ? personIdsOf(contact) : [])],
    message,
    at,
    since: at - weekMs,
    until: clock.realNow() + weekMs,
  } as const;
  const found = await store.recipients.take(workspace, recipient, asking);
  if (found.kind === 'taken' || found.by === undefined) return found.kind === 'taken';
  const holder = await store.messages.find(workspace, found.by);
  if (!holder || !hasComeToNothing(holder)) return false;
  const instead = { ...asking, insteadOf: holder.id };
  return (await store.recipients.take(workspace, recipient, instead)).kind === 'taken';
}
