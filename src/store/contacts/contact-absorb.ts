import type { Consent, Consents } from '../../core/contacts/contact';
import { tagsWithRoom, traitsGained } from '../../core/contacts/room-for-values';
import type { Instant } from '../../core/time/clock';
import { owing } from './consents/consent-outbox';
import { combinedConsents } from './contact-change';
import { emailKeyOf, type ContactRow } from './contact-row';
import { storableJson } from '../mongo/storable-json';

/**
 * The fields of a contact that has taken another one in. Its own values win, missing ones are
 * filled, traits one level deep; tags and ids are united. Traits and tags without room are left
 * out. A withdrawn consent wins. When an interrupted merge is taken up again the newer consent
 * wins, since the person may have spoken in between.
 */
export function fieldsAbsorbing(
  survivor: ContactRow,
  other: ContactRow,
  now: Instant,
): Partial<ContactRow> {
  const aliases = united(survivor.aliases ?? [], [other._id, ...(other.aliases ?? [])]);
  const isTakenUpAgain = survivor.aliases?.includes(other._id) ?? false;
  const consents = combinedConsents(survivor.consents, other.consents, (own, theirs) => {
    if (!own || !theirs) return own ?? theirs;
    return isTakenUpAgain ? newer(own, theirs) : withdrawn(own, theirs);
  });
  return {
    ...missingFields(survivor, other),
    aliases: aliases.filter((id) => id !== survivor._id),
    anonymousIds: united(survivor.anonymousIds, other.anonymousIds),
    externalIds: [
      ...survivor.externalIds,
      ...other.externalIds.filter(
        ({ type, id }) => !survivor.externalIds.some((own) => own.type === type && own.id === id),
      ),
    ],
    tags: tagsWithRoom(survivor.tags, other.tags),
    traits: storableJson({
      ...traitsGained(survivor.traits, other.traits),
      ...survivor.traits,
    }),
    consents,
    ...outboxAbsorbing(survivor, other, { consents, now }),
  };
}

/** The lines of the other contact go along. Nobody reads its row for them any more. */
function outboxAbsorbing(
  survivor: ContactRow,
  other: ContactRow,
  { consents, now }: Readonly<{ consents: Consents; now: Instant }>,
): Pick<ContactRow, 'outbox'> {
  const own = survivor.outbox ?? { count: 0, owed: [] };
  const theirs = other.outbox?.owed ?? [];
  const added = theirs.filter(({ id }) => !own.owed.some((line) => line.id === id));
  const taken = { count: own.count, owed: [...own.owed, ...added] };
  const outbox = added.length > 0 ? taken : survivor.outbox;
  const merging = { ...survivor, ...(outbox && { outbox }) };
  const next = owing(merging, { after: consents, source: 'merge', now }).outbox ?? outbox;
  return next ? { outbox: next } : {};
}

function missingFields(survivor: ContactRow, other: ContactRow): Partial<ContactRow> {
  const { userId, email, phone, locale, timeZone } = other;
  const offered = { userId, email, phone, locale, timeZone };
  const missing = Object.entries(offered).filter(
    ([name, value]) => value !== undefined && survivor[name as keyof typeof offered] === undefined,
  );
  const fields: Partial<ContactRow> = Object.fromEntries(missing);
  return { ...fields, ...(fields.email !== undefined && { emailKey: emailKeyOf(fields.email) }) };
}

function withdrawn(own: Consent, other: Consent): Consent {
  if (own.given !== other.given) return own.given ? other : own;
  return newer(own, other);
}

function newer(own: Consent, other: Consent): Consent {
  if (own.basis !== other.basis) return own.basis ? other : own;
  return other.at >= own.at ? other : own;
}

function united<Item>(own: readonly Item[], added: readonly Item[]): readonly Item[] {
  return [...new Set([...own, ...added])];
}
