import type { ChannelName } from '../core/channels';
import type { Variables } from './environment';

/** The provider of each channel. Unless it is named, it is that of the development stack. */
export function providerUrlsOf(values: Variables): Readonly<Record<ChannelName, string>> {
  return {
    email: values.EMAIL_URL ?? values.SMTP_URL ?? 'smtp://127.0.0.1:1025',
    sms: values.SMS_URL ?? 'twilio://development:development@127.0.0.1:1090?from=%2B15005550006',
    whatsapp: values.WHATSAPP_URL ?? 'whatsapp://1:development@127.0.0.1:1090?preview=true',
  };
}

/** By these the provider of a channel vouches for what it reports. */
export type WebhookSecrets = Readonly<Partial<Record<ChannelName, readonly string[]>>>;

/** The secrets that were given. Twilio signs with the token in its URL. */
export const webhookSecretsOf = ({
  EMAIL_WEBHOOK_SECRET: email = [],
  WHATSAPP_WEBHOOK_SECRET: whatsapp = [],
}: Variables): WebhookSecrets => ({ email, whatsapp });
