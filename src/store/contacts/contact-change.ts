import type { ConsentSource } from '../../core/contacts/consents/circumstances';
import { consentAfter } from '../../core/contacts/consent-after';
import { channels, purposes } from '../../core/channels';
import type {
  ByPurposeAndChannel,
  Consent,
  Consents,
  ContactChange,
  StatedConsents,
} from '../../core/contacts/contact';
import { tagsWithRoom, traitsWithRoom } from '../../core/contacts/room-for-values';
import type { JsonObject } from '../../core/json/json';
import type { Instant } from '../../core/time/clock';
import { owing } from './consents/consent-outbox';
import { emailKeyOf, type ContactFields, type ContactRow } from './contact-row';
import { storableJson } from '../mongo/storable-json';

/**
 * The fields that a change leaves. Traits and consents are combined by key, others replaced.
 * Traits and tags for which the contact has no room are left out.
 */
export function fieldsAfter(row: ContactRow, change: ContactChange, now: Instant): ContactFields {
  const { traits, consents, tags, addTags, removeTags, consentSource, ...replaced } = change;
  const isTagged = tags ?? addTags ?? removeTags;
  return {
    ...valuesAfter(replaced),
    ...(isTagged && { tags: tagsAfter(tags ?? row.tags, { addTags, removeTags }) }),
    ...(traits && { traits: storableJson(traitsAfter(row.traits, traits)) }),
    ...(consents && consentsAfter(row, consents, { source: consentSource ?? 'api', now })),
  };
}

type Stating = Readonly<{ source: ConsentSource; now: Instant }>;

function consentsAfter(row: ContactRow, stated: StatedConsents, stating: Stating): ContactFields {
  const after = combinedConsents(row.consents, stated, (stored, word) =>
    word === undefined ? stored : consentAfter(stored, word, stating.now),
  );
  return { consents: after, ...owing(row, { ...stating, after, stated }) };
}

type Values = Pick<ContactChange, 'email' | 'phone' | 'locale' | 'timeZone'>;

/** A value of null is taken away: its field is undefined afterwards. */
function valuesAfter(values: Values): ContactFields {
  const fields: ContactFields = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value ?? undefined]),
  );
  if (!Object.hasOwn(fields, 'email')) return fields;
  return { ...fields, emailKey: fields.email === undefined ? undefined : emailKeyOf(fields.email) };
}

function traitsAfter(stored: JsonObject, given: JsonObject): JsonObject {
  const merged = Object.entries({ ...stored, ...traitsWithRoom(stored, given) });
  return Object.fromEntries(merged.filter(([, value]) => value !== null));
}

type Tagging = Pick<ContactChange, 'addTags' | 'removeTags'>;

/** A tag that is both added and removed is removed. */
function tagsAfter(
  tags: readonly string[],
  {
    addTags = [],
    removeTags = [],
  }: { readonly [Name in keyof Tagging]: Tagging[Name] | undefined },
): readonly string[] {
  const isKept = (tag: string) => !removeTags.includes(tag);
  return tagsWithRoom(tags.filter(isKept), addTags.filter(isKept));
}

type Combine<Given> = (
  stored: Consent | undefined,
  given: Given | undefined,
) => Consent | undefined;

/** The consents of both; `combine` decides on each purpose and channel. */
export function combinedConsents<Given>(
  stored: Consents,
  given: ByPurposeAndChannel<Given>,
  combine: Combine<Given>,
): Consents {
  const combined = purposes.flatMap((purpose) => {
    const found = channels.flatMap((channel) => {
      const consent = combine(stored[purpose]?.[channel], given[purpose]?.[channel]);
      return consent ? [[channel, consent] as const] : [];
    });
    return found.length > 0 ? [[purpose, Object.fromEntries(found)] as const] : [];
  });
  return Object.fromEntries(combined);
}
