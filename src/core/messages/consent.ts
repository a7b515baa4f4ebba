import { assertNever } from '../assert-never';
import type { ChannelName, Purpose } from '../channels';
import type { Contact } from '../contacts/contact';

/** Why the person's own word holds a message back; undefined where nothing does. */
export function consentAgainst(
  { consents }: Pick<Contact, 'consents'>,
  purpose: Purpose,
  channel: ChannelName,
): 'no-consent' | 'refused-consent' | undefined {
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
