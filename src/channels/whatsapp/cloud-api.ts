import { DomainError } from '../../core/domain-error';
import type { MessageReference } from '../../core/messages/report';
import type { Provider } from '../channel';
import { accountIn } from '../http/account';
import { askProvider, providerOfRequests } from '../http/ask-provider';
import { referenceText } from '../http/reference';
import { cloudMeaningOf } from './cloud-answer';
import type { FilledPart, RenderedWhatsApp } from './whatsapp-content';

/** A complete message to one number, in the form of E.164. */
export type OutgoingWhatsApp = RenderedWhatsApp &
  Readonly<{
    to: string;
    /** Names the message in reports. */
    reference: MessageReference;
  }>;

/** The URL of the account, and a limit that tests shorten, in real milliseconds. */
export type CloudApiOptions = Readonly<{
  /**
   * Such as `whatsapp://PHONE_NUMBER_ID:TOKEN@graph.facebook.com?version=v23.0`. `maxConnections`
   * says how many messages are handed over at a time; ten by default. `preview=true` adds the text
   * to each request, for a gateway that shows messages. On this machine it speaks plain HTTP.
   */
  url: string;
  answerMs?: number;
}>;

const usualVersion = 'v23.0';

/**
 * Carries messages over the Cloud API of WhatsApp, or over whatever speaks it. It knows no
 * idempotency key, so nothing is de-duplicated.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
 */
export function createCloudApi({
  url,
  answerMs = 30_000,
}: CloudApiOptions): Provider<OutgoingWhatsApp> {
  const { address, token, slots, isPreviewed } = accountOf(url);
  return providerOfRequests({
    name: 'whatsapp',
    repeatsDroppedMs: 0,
    slots,
    deliver: (message) =>
      askProvider({
        name: 'WhatsApp',
        address,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({
          ...requestOf(message),
          ...(isPreviewed && { preview: message.text }),
        }),
        answerMs,
        meaningOf: cloudMeaningOf,
      }),
  });
}

function requestOf({ to, template: name, language: code, filled, reference }: OutgoingWhatsApp) {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to,
    type: 'template',
    template: { name, language: { code }, components: filled.map(componentOf) },
    biz_opaque_callback_data: referenceText(reference),
  };
}

function componentOf({ part, index, values }: FilledPart) {
  const parameters = values.map(({ name, text }) => ({
    type: 'text',
    ...(name !== undefined && { parameter_name: name }),
    text,
  }));
  return part === 'button'
    ? { type: part, sub_type: 'url', index: String(index), parameters }
    : { type: part, parameters };
}

type CloudAccount = Readonly<{
  address: string;
  token: string;
  slots: number;
  isPreviewed: boolean;
}>;

function accountOf(url: string): CloudAccount {
  const { id, secret, origin, slots, settings } = accountIn(url);
  const version = settings.get('version') ?? usualVersion;
  const isAccount = /^whatsapp:\/\/\d+:[^:@]+@/.test(url) && /^v\d{1,3}\.\d$/.test(version);
  if (!isAccount) {
    throw new DomainError(
      'invalid',
      'WHATSAPP_URL: give whatsapp://<phone number id>:<token>@graph.facebook.com?version=v23.0',
    );
  }
  return {
    address: `${origin}/${version}/${id}/messages`,
    token: secret,
    slots,
    isPreviewed: settings.get('preview') === 'true',
  };
}
