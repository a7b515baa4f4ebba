import { assertNever } from '../assert-never';
import type { ChannelName, Purpose } from '../channels';
import type { Contact } from '../contacts/contact';
import type { SkipReason } from '../decisions/reasons';

/** Why a contact's consents stand against a message. Undefined where they do not. */
export function consentAgainst(
  { consents }: Pick<Contact, 'consents'>,
  purpose: Purpose,
  channel: ChannelName,
): Extract<SkipReason, 'no-consent' | 'refused-consent'> | undefined {
  const given = consents[purpose]?.[channel]?.given;
  switch (purpose) {
    case 'marketing':
      if (given === undefined) return 'no-consent';
      return given ? undefined : 'refused-consent';
    case 'service':
      return given === false ? 'refused-consent' : undefined;
    case 'transactional':
      return undefined;
    default:
      return assertNever(purpose);
  }
}
