/** The names of all channels. */
export const channels = ['email', 'sms', 'whatsapp'] as const;
/** The name of a channel. */
export type ChannelName = (typeof channels)[number];

/** Each channel as people read of it, by their language. */
export const channelWords = {
  en: { email: 'email', sms: 'SMS', whatsapp: 'WhatsApp' },
  it: { email: 'e-mail', sms: 'SMS', whatsapp: 'WhatsApp' },
} as const satisfies Readonly<Record<string, Readonly<Record<ChannelName, string>>>>;

/**
 * `marketing` needs consent given; `service` and `transactional` need none, but `service` yields to
 * a refusal.
 */
export const purposes = ['transactional', 'service', 'marketing'] as const;
/** The purpose of a message. */
export type Purpose = (typeof purposes)[number];

/** A purpose that a person may refuse. */
export type WithdrawablePurpose = Exclude<Purpose, 'transactional'>;

/**
 * True of a purpose that a person may refuse. A message that a contract requires, such as a receipt
 * or a reset, goes out whatever was refused.
 */
export function isWithdrawable(purpose: Purpose): purpose is WithdrawablePurpose {
  return purpose !== 'transactional';
}
