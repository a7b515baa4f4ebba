import {
  channels,
  purposes,
  type Consent,
  type Consents,
  type ContactChange,
  type Purpose,
} from '../journeys/contact';
import { emailKeyOf, type ContactRow } from './contact-row';
import { inert } from './inert';

type ByChannel = NonNullable<Consents[Purpose]>;

/** The fields of a row as the change leaves them: traits by key, consents by purpose and channel, the rest replaced. */
export function fieldsAfter(row: ContactRow, change: ContactChange): Partial<ContactRow> {
  const { traits, consents, ...replaced } = change;
  return {
    ...replaced,
    ...(replaced.email !== undefined && { emailKey: emailKeyOf(replaced.email) }),
    ...(traits && { traits: inert({ ...row.traits, ...traits }) }),
    ...(consents && { consents: mergedConsents(row.consents, consents) }),
  };
}

function mergedConsents(stored: Consents, given: Consents): Consents {
  const merged = purposes.flatMap((purpose) => {
    const byChannel = mergedChannels(stored[purpose] ?? {}, given[purpose] ?? {});
    return Object.keys(byChannel).length > 0 ? [[purpose, byChannel] as const] : [];
  });
  return Object.fromEntries(merged);
}

function mergedChannels(stored: ByChannel, given: ByChannel): ByChannel {
  const merged = channels.flatMap((channel) => {
    const consent = newer(stored[channel], given[channel]);
    return consent ? [[channel, consent] as const] : [];
  });
  return Object.fromEntries(merged);
}

/** Of one instant the one that came last. */
function newer(stored: Consent | undefined, given: Consent | undefined): Consent | undefined {
  if (!stored || !given) return stored ?? given;
  return given.at >= stored.at ? given : stored;
}
