import type { ChannelName, Purpose } from '../../core/channels';
import type { ConsentSource } from '../../core/contacts/consents/circumstances';
import type { Contact, StatedConsents } from '../../core/contacts/contact';
import type { AddressBook } from '../../core/messages/route';
import type { Instant } from '../../core/time/clock';
import type { Workspace } from '../../core/workspaces/workspace';
import type { Intake } from '../../intake/intake';
import type { Store } from '../../store/store';
import { keepByAddress } from './keep-by-address';

/** The dependencies of everything that a signed link lets its holder do. */
export type ChoosingByLink = Readonly<{
  store: Pick<Store, 'contacts' | 'suppressions' | 'workspaces'>;
  intake: Pick<Intake, 'accept'>;
  /** Tells the address of a contact in each channel. */
  channels: AddressBook;
  now: Instant;
}>;

/** A purpose and a channel that a person may have a word on. */
export type Topic = Readonly<{ purpose: Purpose; channel: ChannelName }>;

/** The word of a person itself on some topics. */
type Stated = Readonly<{
  home: Workspace;
  known: Contact;
  topics: readonly Topic[];
  given: boolean;
  source: Extract<ConsentSource, 'link' | 'preference-page' | 'inbound'>;
}>;

/** The events that a choice is, so that journeys may hear it. */
const eventNames = { true: 'Subscribed', false: 'Unsubscribed' } as const;

/**
 * Keeps a person's word by the contact and by its addresses. It raises `Subscribed` or
 * `Unsubscribed` for each topic. The event comes first: a crash is completed by a repeat, which
 * raises it under the same id.
 */
export async function stateChoice(
  dependencies: ChoosingByLink,
  { home, known, topics, given, source }: Stated,
): Promise<void> {
  const { store, now } = dependencies;
  const news = topics.filter(({ purpose, channel }) => {
    const isWithdrawn = known.consents[purpose]?.[channel]?.given === false;
    return given || !isWithdrawn;
  });
  for (const topic of news) await raise(dependencies, { home, known, topic, given });
  const consents = consentsOn(news, { given, at: now });
  const contact =
    news.length > 0
      ? await store.contacts.change(home.id, known.id, { consents, consentSource: source }, now)
      : known;
  const all = consentsOn(topics, { given, at: now });
  await keepByAddress(dependencies, { workspace: home.id, contact, consents: all });
}

type Raised = Omit<Stated, 'topics' | 'source'> & Readonly<{ topic: Topic }>;

async function raise(
  { intake }: ChoosingByLink,
  { home, known, topic: { purpose, channel }, given }: Raised,
): Promise<void> {
  const before = known.consents[purpose]?.[channel]?.at ?? 0;
  const kind = given ? 'subscribe' : 'unsubscribe';
  await intake.accept(home, {
    id: `${kind}:${known.id}:${purpose}:${channel}:${before}`,
    isEngines: true,
    name: eventNames[`${given}`],
    contact: { id: known.id },
    properties: { channel, purpose },
    source: 'links',
  });
}

function consentsOn(
  topics: readonly Topic[],
  word: Readonly<{ given: boolean; at: Instant }>,
): StatedConsents {
  const purposes = new Set(topics.map(({ purpose }) => purpose));
  const stated = [...purposes].map((purpose) => {
    const about = topics.filter((topic) => topic.purpose === purpose);
    return [purpose, Object.fromEntries(about.map(({ channel }) => [channel, word]))] as const;
  });
  return Object.fromEntries(stated);
}
