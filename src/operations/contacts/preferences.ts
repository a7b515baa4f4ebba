import { channels, isWithdrawable, purposes } from '../../core/channels';
import type { Contact } from '../../core/contacts/contact';
import { consentAgainst } from '../../core/messages/consent-against';
import { holdsBack } from '../../core/messages/suppression';
import type { Workspace } from '../../core/workspaces/workspace';
import type { UnsubscribeClaim } from '../../links/token';
import { stateChoice, type ChoosingByLink, type Topic } from './state-choice';

/** A topic as a person may see it and change it. */
export type Preference = Topic &
  Readonly<{
    /** True where the person has nothing against messages of this topic. */
    isOn: boolean;
    /** Another reason than the person's word stands against the address: a bounce, or the shop. */
    isBlocked: boolean;
  }>;

/** The person that a link speaks for, and the workspace that writes to it. */
export type LinkHolder = Readonly<{ home: Workspace; known: Contact }>;

/** All that a person may turn on and off. */
export const topics: readonly Topic[] = purposes
  .filter(isWithdrawable)
  .flatMap((purpose) => channels.map((channel) => ({ purpose, channel })));

/** The contact that a link names, or its survivor after a merge. Undefined for an erased one. */
export async function contactNamedBy(
  { store }: Pick<ChoosingByLink, 'store'>,
  { workspace, contact }: UnsubscribeClaim,
): Promise<LinkHolder | undefined> {
  const [known, home] = await Promise.all([
    store.contacts.findById(workspace, contact),
    store.workspaces.find(workspace),
  ]);
  return known && home && { home, known };
}

/** The topics by which a person can be reached, or has a word on. */
export async function preferencesOf(
  { store, channels: addresses }: Pick<ChoosingByLink, 'store' | 'channels'>,
  { home, known }: LinkHolder,
): Promise<readonly Preference[]> {
  const byChannel = await Promise.all(
    channels.map(async (channel) => {
      const address = addresses[channel].addressOf(known);
      const found =
        address === undefined ? [] : await store.suppressions.ofAddress(home.id, channel, address);
      return topics
        .filter((topic) => topic.channel === channel)
        .filter(({ purpose }) => address !== undefined || known.consents[purpose]?.[channel])
        .map((topic) => {
          const against = found.filter((suppression) => holdsBack(suppression, topic.purpose));
          const isUnsubscribed = against.some(({ because }) => because === 'unsubscribed');
          return {
            ...topic,
            isOn:
              !isUnsubscribed &&
              !consentAgainst(known, { ...topic, softOptIn: home.softOptIn ?? false }),
            isBlocked: against.some(({ because }) => because !== 'unsubscribed'),
          };
        });
    }),
  );
  return byChannel.flat();
}

/**
 * Turns topics on or off by a person's own word. Turned on, a topic is free of every withdrawal of
 * its address as well, but of no other reason against it. A repeat changes nothing.
 */
export async function turn(
  dependencies: ChoosingByLink,
  holder: LinkHolder,
  { chosen, given }: Readonly<{ chosen: readonly Topic[]; given: boolean }>,
): Promise<void> {
  const current = await preferencesOf(dependencies, holder);
  const isOn = ({ purpose, channel }: Topic) =>
    current.some((one) => one.purpose === purpose && one.channel === channel && one.isOn);
  const changed = chosen.filter((topic) => !given || !isOn(topic));
  await stateChoice(dependencies, {
    ...holder,
    topics: changed,
    given,
    source: 'preference-page',
  });
}
