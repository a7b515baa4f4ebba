import { envelopeAddressOf } from '../contacts/email-address';
import type { Instant } from '../time/clock';

/** A domain that a workspace wants to send from. Confirmed, its messages may go out. */
export type Sender = Readonly<{
  /** In lower case and ASCII. */
  domain: string;
  /** The owner of a domain alone can write it into the DNS of that domain. */
  token: string;
  createdAt: Instant;
  confirmedAt?: Instant;
}>;

/** The domains that the operator of the deployment vouches for, with all below them. */
export type TrustedDomains = 'all' | readonly string[];

/** The record that confirms a sender. */
export function recordOf({ domain, token }: Pick<Sender, 'domain' | 'token'>) {
  return {
    type: 'TXT',
    name: `_itinera.${domain}`,
    value: `itinera-sender=${token}`,
  } as const;
}

/** The domain of a sender's address. Undefined where it needs no confirmation. */
export function domainToConfirm(from: string, trusted: TrustedDomains): string | undefined {
  if (trusted === 'all') return undefined;
  const address = envelopeAddressOf(from) ?? from;
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return domainsOver(domain).some((each) => trusted.includes(each)) ? undefined : domain;
}

/** The domain itself and those above it. Each confirms all below it. */
export function domainsOver(domain: string): readonly string[] {
  const labels = domain.split('.');
  return labels.map((_label, depth) => labels.slice(depth).join('.'));
}
