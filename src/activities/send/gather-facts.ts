import { personIdsOf, type Contact } from '../../core/contacts/contact';
import { keysOf, type Enrollment } from '../../core/enrollments/enrollment';
import { candidatesAmong, exitSearchFor } from '../../core/enrollments/exits';
import type { ContactId } from '../../core/ids';
import type { SendFacts } from '../../core/messages/judge';
import type { Message } from '../../core/messages/message';
import { routeFor } from '../../core/messages/route';
import { nowOf, type ActivityDependencies } from '../dependencies';
import type { Sending } from './sending';

/**
 * Reads the facts that a send depends on, from the primary. Every event acknowledged before the
 * claim is among them. The route keeps the channel of the claim and takes the contact's present
 * address.
 */
export async function gatherFacts(
  dependencies: ActivityDependencies,
  { enrollment, journey }: Sending,
  { channel }: Message,
): Promise<SendFacts> {
  const { store, channels } = dependencies;
  const contact = await store.contacts.findById(enrollment.workspace, enrollment.contact);
  const [fresh = enrollment, own] = await Promise.all([
    store.enrollments.find(enrollment.workspace, enrollment.id),
    store.events.ofContact(
      enrollment.workspace,
      idsOf(enrollment, contact),
      exitSearchFor(journey, enrollment),
    ),
  ]);
  const keyed = await store.events.ofKeys(enrollment.workspace, keysOf(journey, fresh));
  const route = routeFor(contact, [channel], channels);
  const suppressions =
    route.address === undefined
      ? []
      : await store.suppressions.ofAddress(enrollment.workspace, channel, route.address);
  return {
    now: nowOf(dependencies),
    enrollment: fresh,
    exitEvents: candidatesAmong(own, keyed),
    route,
    suppressions,
    ...(contact && { contact }),
  };
}

/** Events under the id of a merged contact count for the survivor, and the reverse. */
function idsOf(enrollment: Enrollment, contact: Contact | undefined): readonly ContactId[] {
  return contact ? personIdsOf(contact) : [enrollment.contact];
}
