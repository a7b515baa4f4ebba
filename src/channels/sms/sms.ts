import { internationalNumber } from '../../core/contacts/reach/phone-number';
import type { MessageReference } from '../../core/messages/report';
import {
  UnfitMessage,
  type Channel,
  type CompiledContent,
  type Fill,
  type Inspection,
  type LinkRule,
  type Provider,
} from '../channel';
import { textWithListedLinks } from '../links/listed';
import { alwaysPrintsUnsubscribe } from '../liquid/always-prints';
import { createLiquid } from '../liquid/liquid';
import { readLiquid } from '../liquid/read-liquid';
import {
  longestText,
  partsOf,
  smsContentSchema,
  smsTextSchema,
  type SmsContent,
} from './sms-content';
import { createTwilio } from './twilio';
import { readTwilioReports } from './twilio-reports';

/** A complete text message to one number, in the form of E.164. */
export type OutgoingSms = Readonly<{
  to: string;
  text: string;
  /** Names the message in reports. */
  reference: MessageReference;
  /** Takes the reports. */
  reportsTo?: string;
}>;

/** A provider of text messages, such as Twilio. */
export type SmsProvider = Provider<OutgoingSms>;

/** Text messages to telephones, carried by Twilio. */
export const sms: Channel<'sms', SmsContent, SmsContent, SmsContent, OutgoingSms> = {
  name: 'sms',
  addressOf: ({ phone }) => (phone === undefined ? undefined : internationalNumber(phone)),
  sourceSchema: smsContentSchema,
  compiledSchema: smsTextSchema,
  renderedSchema: smsTextSchema,
  compile: compileSms,
  render: renderSms,
  inspect: inspectSms,
  compose: ({ text }, { to, workspace, message, reportsTo }) => ({
    to,
    text,
    reference: { workspace: workspace.id, message },
    ...(reportsTo !== undefined && { reportsTo }),
  }),
  createProvider: (url) => createTwilio({ url }),
  createReportReader: readTwilioReports,
};

function compileSms({ text }: SmsContent, pointer: string): Promise<CompiledContent<SmsContent>> {
  const liquid = createLiquid({ locale: 'en' }, 'text');
  const { variables, faults } = readLiquid(liquid, text, `${pointer}/text`);
  const hasUnsubscribe = alwaysPrintsUnsubscribe(liquid, text);
  return Promise.resolve({ compiled: { text }, variables, hasUnsubscribe, faults });
}

function renderSms({ text: source }: SmsContent, fill: Fill, rule?: LinkRule): SmsContent {
  const printed = fill(source, 'text').trim();
  const text = rule ? textWithListedLinks(printed, rule) : printed;
  if (text === '') throw new UnfitMessage('its text is empty');
  if (text.length > longestText) {
    throw new UnfitMessage(
      `its text has ${text.length} characters, and a carrier takes ${longestText}`,
    );
  }
  return { text };
}

function inspectSms({ text }: SmsContent): Inspection {
  const links = text.match(/\bhttps?:\/\/[^\s<>"']+/g) ?? [];
  return { size: Buffer.byteLength(text), links: [...new Set(links)], parts: partsOf(text) };
}
