import type { Instant } from '../core/time/clock';
import type {
  ByPurposeAndChannel,
  ContactChange,
  StatedConsent,
  StatedConsents,
} from '../core/contacts/contact';
import type { Circumstances, ConsentBasis } from '../core/contacts/consents/circumstances';
import { withoutBlankAddresses, type contactChangeInput } from '../core/contacts/contact.schema';
import { clockBounds, type Reception } from './occurred-at';

/** Says when a change was received, and when it was made, in engine time. */
export type ChangeTimes = Reception & Readonly<{ madeAt: Instant }>;

type ContactChangeInput = Readonly<ReturnType<typeof contactChangeInput.parse>>;
/** A consent as clients write it; null takes a given one away. */
export type ConsentInput =
  | boolean
  | null
  | (Circumstances & Readonly<{ given: boolean; at?: string; basis?: ConsentBasis }>);

/**
 * Converts a change from the form of clients to the form of the engine. A consent
 * without an instant of its own is undated. It counts as stated when the change was made. An
 * instant after the receipt becomes the receipt; far after it, it dates nothing.
 */
export function contactChangeOf(
  { consents, ...given }: ContactChangeInput,
  times: ChangeTimes,
): ContactChange {
  const fields = withoutBlankAddresses(given);
  return consents ? { ...fields, consents: statedConsentsOf(consents, times) } : fields;
}

function statedConsentsOf(
  consents: ByPurposeAndChannel<ConsentInput>,
  times: ChangeTimes,
): StatedConsents {
  const purposes = Object.entries(consents).map(([purpose, channels]) => [
    purpose,
    Object.fromEntries(
      Object.entries(channels).map(([channel, consent]) => [channel, statedOf(consent, times)]),
    ),
  ]);
  return Object.fromEntries(purposes) as StatedConsents;
}

function statedOf(consent: ConsentInput, times: ChangeTimes): StatedConsent | null {
  const { madeAt, receivedAt, engineTimeOf } = times;
  if (consent === null) return null;
  if (typeof consent === 'boolean') return { given: consent, at: madeAt, undated: true };
  const { at, ...word } = consent;
  const realAt = at === undefined ? Number.NaN : Date.parse(at);
  if (Number.isNaN(realAt)) return { ...word, at: madeAt, undated: true };
  const cappedAt = engineTimeOf(Math.min(realAt, receivedAt));
  const isBelieved = realAt <= receivedAt + clockBounds.aheadMs;
  return { ...word, at: cappedAt, ...(!isBelieved && { undated: true as const }) };
}
