import { assertNever } from '../assert-never';
import type { ChannelName, Purpose } from '../channels';
import type { Consent, Contact } from '../contacts/contact';
import type { SkipReason } from '../decisions/reasons';

type ConsentReason = Extract<SkipReason, 'no-consent' | 'refused-consent'>;
type Asked = Readonly<{ purpose: Purpose; channel: ChannelName; softOptIn: boolean }>;

/**
 * Why a contact's consents stand against a message. Undefined where they do not. A soft opt-in
 * counts where the workspace has turned that on.
 */
export function consentAgainst(
  { consents }: Pick<Contact, 'consents'>,
  { purpose, channel, softOptIn }: Asked,
): ConsentReason | undefined {
  const word = consents[purpose]?.[channel];
  switch (purpose) {
    case 'marketing':
      return marketingAgainst(word, softOptIn);
    case 'service':
      return word?.given === false ? 'refused-consent' : undefined;
    case 'transactional':
      return undefined;
    default:
      return assertNever(purpose);
  }
}

function marketingAgainst(
  word: Consent | undefined,
  softOptIn: boolean,
): ConsentReason | undefined {
  const given = word?.basis && !softOptIn ? undefined : word?.given;
  if (given === undefined) return 'no-consent';
  return given ? undefined : 'refused-consent';
}
