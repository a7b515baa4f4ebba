import { channels, isWithdrawable, purposes } from '../../core/channels';
import type { Consent, Contact, StatedConsent, StatedConsents } from '../../core/contacts/contact';
import type { WorkspaceId } from '../../core/ids';
import type { AddressBook } from '../../core/messages/route';
import type { Store } from '../../store/store';

type Dependencies = Readonly<{
  store: Pick<Store, 'suppressions'>;
  /** Tells the address of a contact in each channel. */
  channels: AddressBook;
}>;

/** A contact after a change, and the consents that the change has stated. */
type Stated = Readonly<{ workspace: WorkspaceId; contact: Contact; consents: StatedConsents }>;

/**
 * Keeps the consents that a contact states by its address as well. They hold for every contact with
 * that address. A withdrawal suppresses the address for its purpose; only a dated
 * consent lifts that. A repeat changes nothing.
 */
export async function keepByAddress(
  { store, channels: addresses }: Dependencies,
  { workspace, contact, consents }: Stated,
): Promise<void> {
  for (const purpose of purposes.filter(isWithdrawable)) {
    for (const channel of channels) {
      const stated = consents[purpose]?.[channel];
      const counting = contact.consents[purpose]?.[channel];
      const address = addresses[channel].addressOf(contact);
      if (!stated || !counting || address === undefined) continue;
      const about = { channel, address, purpose, at: counting.at };
      if (!counting.given) {
        await store.suppressions.suppress(workspace, { ...about, because: 'unsubscribed' });
      } else if (isRenewal(stated, counting)) {
        await store.suppressions.resubscribe(workspace, about);
      }
    }
  }
}

function isRenewal(stated: StatedConsent, counting: Consent): boolean {
  return stated.given && !stated.undated && !stated.basis && counting.at <= stated.at;
}
