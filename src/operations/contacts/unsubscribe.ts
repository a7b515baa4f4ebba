import type { Intake } from '../../intake/intake';
import type { Instant } from '../../core/time/clock';
import type { UnsubscribeClaim } from '../../links/token';
import type { Store } from '../../store/store';

type Dependencies = Readonly<{
  store: Pick<Store, 'contacts' | 'workspaces'>;
  intake: Pick<Intake, 'accept'>;
  now: Instant;
}>;

/** The event that an unsubscription is, so that journeys may hear it. */
const unsubscribed = 'Unsubscribed';

/**
 * Withdraws the consent that a signed link names and raises `Unsubscribed`. Once withdrawn, a
 * repeat changes nothing. False where the contact is gone.
 */
export async function unsubscribe(
  { store, intake, now }: Dependencies,
  { workspace, contact, channel, purpose }: UnsubscribeClaim,
): Promise<boolean> {
  const [known, home] = await Promise.all([
    store.contacts.findById(workspace, contact),
    store.workspaces.find(workspace),
  ]);
  if (!known || !home) return false;
  const consent = known.consents[purpose]?.[channel];
  if (consent?.given === false) return true;
  await intake.accept(home, {
    id: `unsubscribe:${contact}:${purpose}:${channel}:${consent?.at ?? 0}`,
    name: unsubscribed,
    contact: { id: contact },
    properties: { channel, purpose },
    source: 'links',
  });
  const consents = { [purpose]: { [channel]: { given: false, at: now } } };
  await store.contacts.change(workspace, contact, { consents }, now);
  return true;
}
