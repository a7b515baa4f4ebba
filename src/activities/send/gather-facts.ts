import { isDeepStrictEqual } from 'node:util';
import type { ChannelName } from '../../core/channels';
import { personIdsOf } from '../../core/contacts/contact';
import { localZone } from '../../core/contacts/reach/local-zone';
import { keysOf } from '../../core/enrollments/enrollment';
import { candidatesAmong, exitSearchFor } from '../../core/enrollments/exits';
import type { ContactId } from '../../core/ids';
import type { SendFacts } from '../../core/messages/judge';
import { switchedOffFor } from '../../core/messages/switches';
import type { Message } from '../../core/messages/message';
import { routeFor, type MessageRoute } from '../../core/messages/route';
import { nowOf, type ActivityDependencies } from '../dependencies';
import type { Sending } from './sending';

/**
 * Reads the facts that a send depends on, from the primary. Every event acknowledged before the
 * claim is among them. The route keeps the channel of the claim and takes the contact's present
 * address. All is read side by side for the sending as it is known. It is read again if that has
 * changed.
 */
export async function gatherFacts(
  dependencies: ActivityDependencies,
  sending: Sending,
  { id: message, at: claimedAt, channel, provider }: Message,
): Promise<SendFacts> {
  const { store, switches, trustedDomains } = dependencies;
  const { from } = sending.workspace;
  const { workspace, id, contact: owner } = sending.enrollment;
  const known = leadsOf(dependencies, sending, channel);
  const [contact, enrollment = sending.enrollment, unconfirmedSender, off, found] =
    await Promise.all([
      store.contacts.findById(workspace, owner),
      store.enrollments.find(workspace, id),
      channel === 'email' ? store.senders.unconfirmed(workspace, from, trustedDomains) : undefined,
      switches.of(workspace),
      follow(dependencies, sending, known),
    ]);
  const leads = leadsOf(dependencies, { ...sending, contact, enrollment }, channel);
  const isAsKnown = isDeepStrictEqual(leads, known);
  const { own, keyed, suppressions } = isAsKnown
    ? found
    : await follow(dependencies, sending, leads);
  const isOff = switchedOffFor({ channel, provider, journey: enrollment.journey }, off);
  return {
    now: nowOf(dependencies),
    message: { id: message, claimedAt },
    zone: localZone(contact, sending.journey, sending.workspace),
    quietHours: sending.workspace.quietHours ?? [],
    softOptIn: sending.workspace.softOptIn ?? false,
    ...(isOff && { off: isOff }),
    enrollment,
    exitEvents: candidatesAmong(own, keyed),
    route: leads.route,
    suppressions,
    ...(contact && { contact }),
    ...(unconfirmedSender !== undefined && { unconfirmedSender }),
  };
}

/** The ids, keys and address by which the other facts of a send are found. */
type Leads = Readonly<{
  ids: readonly ContactId[];
  keys: readonly string[];
  route: MessageRoute;
}>;

/** Events under the id of a merged contact count for the survivor, and the reverse. */
function leadsOf(
  { channels }: ActivityDependencies,
  { journey, enrollment, contact }: Sending,
  channel: ChannelName,
): Leads {
  return {
    ids: contact ? personIdsOf(contact) : [enrollment.contact],
    keys: keysOf(journey, enrollment),
    route: routeFor(contact, [channel], channels),
  };
}

async function follow(
  { store }: ActivityDependencies,
  { journey, enrollment }: Sending,
  { ids, keys, route: { channel, address } }: Leads,
) {
  const { workspace } = enrollment;
  const [own, keyed, suppressions] = await Promise.all([
    store.events.ofContact(workspace, ids, exitSearchFor(journey, enrollment)),
    store.events.ofKeys(workspace, keys),
    address === undefined ? [] : store.suppressions.ofAddress(workspace, channel, address),
  ]);
  return { own, keyed, suppressions };
}
