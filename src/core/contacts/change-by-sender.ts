import type { Instant } from '../time/clock';
import { consentAfter } from './consent-after';
import { hasRoomForChange } from './room-for-values';
import { consentsWhere } from './consents-where';
import { channels, purposes, type ChannelName, type Purpose } from '../channels';
import type { Contact, ContactChange, StatedConsents } from './contact';

/** The rights of the sender of a message, by the scopes of the key. */
export type SenderRights = Readonly<{ writesContacts: boolean }>;

/** A part of a change that its sender may not make. `room`: traits that the contact cannot hold. */
export type Withheld =
  | Readonly<{ kind: 'address'; field: 'email' | 'phone' }>
  | Readonly<{ kind: 'room' }>
  | Readonly<{ kind: 'consent'; purpose: Purpose; channel: ChannelName }>;

const addresses = ['email', 'phone'] as const;

/**
 * The part of a change that a sender of messages may make, and the rest. A withdrawn consent stays
 * withdrawn: only the person gives it again, or `PUT /v1/contacts`. An address that is there is
 * replaced or taken away by those alone who may. Repeating changes nothing.
 */
export function changeBySender(
  contact: Contact,
  change: ContactChange,
  { rights, now }: Readonly<{ rights: SenderRights; now: Instant }>,
): Readonly<{ change: ContactChange; withheld: readonly Withheld[] }> {
  const kept = addresses.filter(
    (field) => !rights.writesContacts && isReplaced(contact, change, field),
  );
  const renewed = renewalsIn(contact, change.consents ?? {}, now);
  const fields = Object.entries(change).filter(([name]) => !kept.some((field) => field === name));
  const { consents, ...rest }: ContactChange = Object.fromEntries(fields);
  const isAllowed = (_word: unknown, purpose: string, channel: string) =>
    !renewed.some((one) => one.purpose === purpose && one.channel === channel);
  return {
    change: { ...rest, ...(consents && { consents: consentsWhere(consents, isAllowed) }) },
    withheld: [
      ...kept.map((field) => ({ kind: 'address', field }) as const),
      ...renewed,
      ...(hasRoomForChange(contact, rest) ? [] : [{ kind: 'room' } as const]),
    ],
  };
}

function isReplaced(
  contact: Contact,
  change: ContactChange,
  field: (typeof addresses)[number],
): boolean {
  const stored = contact[field];
  const given = change[field];
  if (stored === undefined || given === undefined) return false;
  return given?.toLowerCase() !== stored.toLowerCase();
}

type Renewal = Extract<Withheld, Readonly<{ kind: 'consent' }>>;

function renewalsIn(
  { consents }: Contact,
  stated: StatedConsents,
  now: Instant,
): readonly Renewal[] {
  const pairs = purposes.flatMap((purpose) =>
    channels.map((channel) => ({ kind: 'consent', purpose, channel }) as const),
  );
  return pairs.filter(({ purpose, channel }) => {
    const word = stated[purpose]?.[channel];
    const stored = consents[purpose]?.[channel];
    if (!word || stored?.given !== false) return false;
    return consentAfter(stored, word, now)?.given === true;
  });
}
