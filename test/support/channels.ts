import {
  connectChannels,
  createProviders,
  type ConnectedChannel,
  type ConnectedChannels,
} from '../../src/channels/connect-channels';
import type { EmailProvider } from '../../src/channels/email/outgoing-email';
import type { Provider, ProviderAnswer } from '../../src/channels/channel';
import type { Providers } from '../../src/channels/channels';
import type { OutgoingSms, SmsProvider } from '../../src/channels/sms/sms';
import type { OutgoingWhatsApp } from '../../src/channels/whatsapp/cloud-api';
import { rendererHere } from './renderer';
import { parseConfig } from '../../src/process/config';

/** E-mail goes to the provider of a test, which is never held. Nothing is sent over others. */
export function channelsWith(email: EmailProvider): ConnectedChannels {
  return connected({ email });
}

/** Text messages go to a provider that takes all of them. */
export function smsTaking(texts: OutgoingSms[]): ConnectedChannel {
  const deliver = (message: OutgoingSms) => {
    texts.push(message);
    return Promise.resolve({ kind: 'accepted', providerId: 'SM1' } as const);
  };
  const sms: SmsProvider = {
    ...{ name: 'twilio', repeatsDroppedMs: 0, slots: 1 },
    take: () => Promise.resolve({ deliver, release: () => undefined }),
    close: () => undefined,
  };
  return connected({ sms }).sms;
}

/** Messages of WhatsApp go to a provider that takes all of them, or answers as it is told. */
export function whatsappTaking(
  messages: OutgoingWhatsApp[],
  answer: ProviderAnswer = { kind: 'accepted', providerId: 'wamid.1' },
): ConnectedChannel {
  const deliver = (message: OutgoingWhatsApp) => {
    messages.push(message);
    return Promise.resolve(answer);
  };
  const whatsapp: Provider<OutgoingWhatsApp> = {
    ...{ name: 'whatsapp', repeatsDroppedMs: 0, slots: 1 },
    take: () => Promise.resolve({ deliver, release: () => undefined }),
    close: () => undefined,
  };
  return connected({ whatsapp }).whatsapp;
}

function connected(providers: Partial<Providers>): ConnectedChannels {
  const watch = { realNow: () => Infinity, onRoad: () => undefined };
  return connectChannels(
    { ...createProviders(parseConfig({}).providerUrls), ...providers },
    { rendererOf: () => rendererHere, watch },
  );
}
