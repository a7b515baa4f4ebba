import type { ChannelName, Purpose } from '../channels';
import type { Instant } from '../time/clock';
import type { ContactId } from '../ids';
import type { JsonObject } from '../json/json';
import type { Circumstances, ConsentBasis, ConsentSource } from './consents/circumstances';

/** A person's word on a purpose and channel, and when it was given. */
export type Consent = Readonly<{ given: boolean; at: Instant; basis?: ConsentBasis }>;
/**
 * A consent as a client states it. An `undated` one is a copy of what the client holds: nobody says
 * when the person gave it. The circumstances are kept in the ledger alone.
 */
export type StatedConsent = Consent & Circumstances & Readonly<{ undated?: true }>;

/** A table with a word for some purposes and channels. */
export type ByPurposeAndChannel<Word> = Readonly<
  Partial<Record<Purpose, Readonly<Partial<Record<ChannelName, Word>>>>>
>;
/** The consents of a contact, by purpose and channel. */
export type Consents = ByPurposeAndChannel<Consent>;
/** Consents as a change states them. Null takes a consent away that was given. */
export type StatedConsents = ByPurposeAndChannel<StatedConsent | null>;

/** An id that another system gives a contact. */
export type ExternalId = Readonly<{ type: string; id: string }>;

/** The way in which a client names a contact: at least one field is given. */
export type ContactRef = Readonly<{
  id?: string;
  userId?: string;
  anonymousId?: string;
  email?: string;
  phone?: string;
  externalIds?: readonly ExternalId[];
}>;

/** The record of a person: identities, addresses, traits, tags and consents. */
export type Contact = Readonly<{
  id: ContactId;
  userId?: string;
  anonymousIds: readonly string[];
  externalIds: readonly ExternalId[];
  email?: string;
  phone?: string;
  locale?: string;
  timeZone?: string;
  traits: JsonObject;
  tags: readonly string[];
  consents: Consents;
  /** The ids of contacts that were merged into this one; they lead here. */
  aliases?: readonly ContactId[];
  createdAt: Instant;
  updatedAt: Instant;
}>;

/** Every id under which rows and events of this contact may stand, its own first. */
export function personIdsOf({ id, aliases = [] }: Contact): readonly ContactId[] {
  return [id, ...aliases];
}

/** Changes to a contact. An absent field stays as it is, and null takes a value away. */
export type ContactChange = Readonly<{
  email?: string | null;
  phone?: string | null;
  locale?: string | null;
  timeZone?: string | null;
  /** Merged by key; a key of null is taken away. */
  traits?: JsonObject;
  /** Replaces all tags; `addTags` and `removeTags` are applied afterwards. */
  tags?: readonly string[];
  addTags?: readonly string[];
  removeTags?: readonly string[];
  consents?: StatedConsents;
  /** The way by which the consents came; `api` where it is absent. */
  consentSource?: ConsentSource;
}>;

/**
 * A contact as conditions and templates see it. Consents are plain booleans; a soft opt-in is none.
 */
export function contactFactsOf(contact: Contact): JsonObject {
  const { id, userId, email, phone, locale, timeZone, traits, tags, consents } = contact;
  const named = { userId, email, phone, locale, timeZone };
  const known = Object.entries(named).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  return {
    id,
    ...Object.fromEntries(known),
    traits,
    tags: [...tags],
    consents: consentFactsOf(consents),
  };
}

function consentFactsOf(consents: Consents): JsonObject {
  const purposesGiven = Object.entries(consents).map(([purpose, byChannel]) => [
    purpose,
    Object.fromEntries(
      Object.entries(byChannel)
        .filter(([, { basis }]) => basis === undefined)
        .map(([channel, consent]) => [channel, consent.given]),
    ),
  ]);
  return Object.fromEntries(purposesGiven) as JsonObject;
}
