import { personIdsOf, type Contact } from '../../core/contacts/contact';
import type { Enrollment } from '../../core/enrollments/enrollment';
import { exitNamesOf } from '../../core/enrollments/exits';
import type { ContactId } from '../../core/ids';
import type { SendFacts } from '../../core/messages/judge';
import { addressOf } from '../../core/messages/judge';
import type { ActivityDependencies } from '../dependencies';
import type { Sending } from './sending';

/** Reads all that a send depends on, from the primary: every event acknowledged before the claim is among them. */
export async function gatherFacts(
  { store }: ActivityDependencies,
  { row, journey, step }: Sending,
): Promise<SendFacts> {
  const names = exitNamesOf(journey);
  const contact = await store.contacts.findById(row.workspace, row.contact);
  const [fresh, exitEvents] = await Promise.all([
    store.enrollments.find(row.workspace, row.id),
    names.length > 0 ? store.events.ofContact(row.workspace, idsOf(row, contact), names) : [],
  ]);
  const channel = contact && step.channels.find((name) => addressOf(contact, name) !== undefined);
  const address = contact && channel && addressOf(contact, channel);
  const suppression =
    channel && address ? await store.suppressions.find(row.workspace, channel, address) : undefined;
  return {
    enrollment: fresh ?? row,
    exitEvents,
    ...(contact && { contact }),
    ...(suppression && { suppression: suppression.because }),
  };
}

/** What was told under the id of a contact that was merged counts for the survivor, and the reverse. */
function idsOf(row: Enrollment, contact: Contact | undefined): readonly ContactId[] {
  return contact ? personIdsOf(contact) : [row.contact];
}
