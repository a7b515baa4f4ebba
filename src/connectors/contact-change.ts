import type { z } from 'zod';
import type { Instant } from '../core/time/clock';
import type { Consent, Consents, ContactChange } from '../core/contacts/contact';
import type { contactChangeInput } from '../core/contacts/contact.schema';

/** Reads instants that a client's clock has written, in epoch milliseconds, as engine time. */
export type ClientClock = Readonly<{ engineTimeOf: (realMs: number) => Instant }>;

type ContactChangeInput = z.output<typeof contactChangeInput>;
type ConsentInput = boolean | Readonly<{ given: boolean; at?: string }>;

/**
 * Converts a change from the clients' form to the form that the engine keeps. A consent without an
 * instant counts as given or withdrawn `now`.
 */
export function contactChangeOf(
  { consents, ...fields }: ContactChangeInput,
  clock: ClientClock & Readonly<{ now: Instant }>,
): ContactChange {
  return consents ? { ...fields, consents: consentsOf(consents, clock) } : fields;
}

function consentsOf(
  consents: NonNullable<ContactChangeInput['consents']>,
  clock: ClientClock & Readonly<{ now: Instant }>,
): Consents {
  const purposes = Object.entries(consents).map(([purpose, channels]) => [
    purpose,
    Object.fromEntries(
      Object.entries(channels).map(([channel, consent]) => [channel, consentOf(consent, clock)]),
    ),
  ]);
  return Object.fromEntries(purposes) as Consents;
}

function consentOf(
  consent: ConsentInput,
  { now, engineTimeOf }: ClientClock & Readonly<{ now: Instant }>,
): Consent {
  if (typeof consent === 'boolean') return { given: consent, at: now };
  const { given, at } = consent;
  return { given, at: at === undefined ? now : engineTimeOf(Date.parse(at)) };
}
