import type { ReadReports } from '../../core/messages/report';
import { createBrevo } from './brevo/brevo';
import { readBrevoReports } from './brevo/brevo-reports';
import type { EmailProvider } from './outgoing-email';
import { createResend } from './resend/resend';
import { readResendReports } from './resend/resend-reports';
import { createSes } from './ses/ses';
import { createSmtp } from './smtp/smtp';

type Make = (options: Readonly<{ url: string }>) => EmailProvider;

/** The providers of e-mail by the scheme of their URL. */
const makers = new Map<string, Make>([
  ['smtp:', createSmtp],
  ['smtps:', createSmtp],
  ['resend:', createResend],
  ['brevo:', createBrevo],
  ['ses:', createSes],
]);

/** Makes the provider that a URL names. The configuration knows its schemes as well. */
export function createEmailProvider(url: string): EmailProvider {
  const { protocol } = new URL(url);
  const make = makers.get(protocol);
  if (!make) throw new Error(`There is no provider of e-mail for ${protocol}`);
  return make({ url });
}

type Read = (secrets: readonly string[]) => ReadReports;

const readers = new Map<string, Read>([
  ['resend:', readResendReports],
  ['brevo:', readBrevoReports],
]);

/** Makes the reader of what that provider reports; see `Channel.createReportReader`. */
export function createEmailReportReader(
  url: string,
  secrets: readonly string[],
): ReadReports | undefined {
  return readers.get(new URL(url).protocol)?.(secrets);
}
