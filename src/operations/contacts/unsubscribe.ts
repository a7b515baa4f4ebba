import type { Intake } from '../../intake/intake';
import type { Instant } from '../../core/time/clock';
import type { Contact, StatedConsents } from '../../core/contacts/contact';
import type { AddressBook } from '../../core/messages/route';
import type { Workspace } from '../../core/workspaces/workspace';
import type { UnsubscribeClaim } from '../../links/token';
import type { Store } from '../../store/store';
import { keepByAddress } from './keep-by-address';

type Dependencies = Readonly<{
  store: Pick<Store, 'contacts' | 'suppressions' | 'workspaces'>;
  intake: Pick<Intake, 'accept'>;
  /** Tells the address of a contact in each channel. */
  channels: AddressBook;
  now: Instant;
}>;

/** The event that an unsubscription is, so that journeys may hear it. */
const unsubscribed = 'Unsubscribed';

/**
 * Withdraws the consent that a signed link names, and raises `Unsubscribed`. That holds for the
 * contact and for its address. Once withdrawn, a repeat changes nothing. False where the contact is
 * gone.
 */
export async function unsubscribe(
  dependencies: Dependencies,
  claim: UnsubscribeClaim,
): Promise<boolean> {
  const { store, now } = dependencies;
  const { workspace, channel, purpose } = claim;
  const [known, home] = await Promise.all([
    store.contacts.findById(workspace, claim.contact),
    store.workspaces.find(workspace),
  ]);
  if (!known || !home) return false;
  const consents = { [purpose]: { [channel]: { given: false, at: now } } };
  const isWithdrawn = known.consents[purpose]?.[channel]?.given === false;
  const contact = isWithdrawn
    ? known
    : await withdraw(dependencies, { home, claim, known, consents });
  await keepByAddress(dependencies, { workspace, contact, consents });
  return true;
}

type Withdrawal = Readonly<{
  home: Workspace;
  claim: UnsubscribeClaim;
  known: Contact;
  consents: StatedConsents;
}>;

async function withdraw(
  { store, intake, now }: Dependencies,
  { home, claim, known, consents }: Withdrawal,
): Promise<Contact> {
  const { workspace, contact: id, channel, purpose } = claim;
  const consent = known.consents[purpose]?.[channel];
  await intake.accept(home, {
    id: `unsubscribe:${id}:${purpose}:${channel}:${consent?.at ?? 0}`,
    isEngines: true,
    name: unsubscribed,
    contact: { id },
    properties: { channel, purpose },
    source: 'links',
  });
  return store.contacts.change(workspace, id, { consents }, now);
}
