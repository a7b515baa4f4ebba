import {
  channels,
  purposes,
  type Consent,
  type Consents,
  type ContactChange,
  type Purpose,
} from '../../core/contacts/contact';
import { emailKeyOf, type ContactRow } from './contact-row';
import { storableJson } from '../mongo/storable-json';

type ByChannel = NonNullable<Consents[Purpose]>;

/**
 * The fields of a row as the change leaves them. Traits and consents change by key, the rest is
 * replaced.
 */
export function fieldsAfter(row: ContactRow, change: ContactChange): Partial<ContactRow> {
  const { traits, consents, tags, addTags, removeTags, ...replaced } = change;
  const isTagged = tags ?? addTags ?? removeTags;
  return {
    ...replaced,
    ...(isTagged && { tags: tagsAfter(tags ?? row.tags, { addTags, removeTags }) }),
    ...(replaced.email !== undefined && { emailKey: emailKeyOf(replaced.email) }),
    ...(traits && { traits: storableJson({ ...row.traits, ...traits }) }),
    ...(consents && { consents: combinedConsents(row.consents, consents, newer) }),
  };
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
  return [...new Set([...tags, ...addTags])].filter((tag) => !removeTags.includes(tag));
}

type Choice = (stored: Consent, given: Consent) => Consent;

/** The consents of both; `choose` decides where both speak of a purpose and channel. */
export function combinedConsents(stored: Consents, given: Consents, choose: Choice): Consents {
  const combined = purposes.flatMap((purpose) => {
    const byChannel = combinedChannels(stored[purpose] ?? {}, given[purpose] ?? {}, choose);
    return Object.keys(byChannel).length > 0 ? [[purpose, byChannel] as const] : [];
  });
  return Object.fromEntries(combined);
}

function combinedChannels(stored: ByChannel, given: ByChannel, choose: Choice): ByChannel {
  const combined = channels.flatMap((channel) => {
    const [one, other] = [stored[channel], given[channel]];
    const consent = one && other ? choose(one, other) : (one ?? other);
    return consent ? [[channel, consent] as const] : [];
  });
  return Object.fromEntries(combined);
}

/** On equal timestamps the incoming consent wins. */
export function newer(stored: Consent, given: Consent): Consent {
  return given.at >= stored.at ? given : stored;
}
