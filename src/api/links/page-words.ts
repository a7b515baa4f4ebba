import { channelWords, type ChannelName, type WithdrawablePurpose } from '../../core/channels';

/** All texts of the pages behind a link, in one language. They need no escaping. */
export type PageWords = Readonly<{
  purposes: Readonly<Record<WithdrawablePurpose, string>>;
  meanings: Readonly<Record<WithdrawablePurpose, string>>;
  channels: Readonly<Record<ChannelName, string>>;
  titleOf: (shop: string) => string;
  question: (purpose: string, channel: string) => string;
  unsubscribe: string;
  unsubscribed: string;
  consequence: (purpose: string, channel: string) => string;
  all: string;
  topic: (purpose: string, channel: string) => string;
  on: string;
  off: string;
  turnOn: string;
  turnOff: string;
  blocked: string;
  nothing: string;
  nothingMore: string;
  saved: string;
  remaining: string;
  notWithdrawable: string;
  notWithdrawableWhy: string;
  unknown: string;
  unknownWhy: string;
}>;

const english: PageWords = {
  purposes: { marketing: 'marketing', service: 'service' },
  meanings: {
    marketing: 'Offers, news and reminders',
    service: 'Notes about your orders and your account that you can do without',
  },
  channels: channelWords.en,
  titleOf: (shop) => `Messages from ${shop}`,
  question: (purpose, channel) =>
    `Unsubscribe, and you will get no more <b>${purpose}</b> messages by <b>${channel}</b>.`,
  unsubscribe: 'Unsubscribe',
  unsubscribed: 'You are unsubscribed',
  consequence: (purpose, channel) =>
    `You will get no more <b>${purpose}</b> messages by <b>${channel}</b>.`,
  all: 'What you get',
  topic: (purpose, channel) => `${purpose} by ${channel}`,
  on: 'On',
  off: 'Off',
  turnOn: 'Turn on',
  turnOff: 'Turn off',
  blocked: 'Nothing reaches you here at present for another reason. Please ask us.',
  nothing: 'Nothing at all',
  nothingMore: 'Send me nothing more at all',
  saved: 'Your choice is saved.',
  remaining: 'What your orders and your account require, such as a receipt, still comes.',
  notWithdrawable: 'These messages go with your order or account',
  notWithdrawableWhy: 'They cannot be unsubscribed from. They end by themselves.',
  unknown: 'This link is not valid',
  unknownWhy: 'It may be incomplete. Open it from the message again.',
};

const italian: PageWords = {
  purposes: { marketing: 'marketing', service: 'servizio' },
  meanings: {
    marketing: 'Offerte, novità e promemoria',
    service: 'Avvisi sui tuoi ordini e sul tuo account di cui puoi fare a meno',
  },
  channels: channelWords.it,
  titleOf: (shop) => `Messaggi di ${shop}`,
  question: (purpose, channel) =>
    `Se annulli l’iscrizione non riceverai più messaggi di <b>${purpose}</b> via <b>${channel}</b>.`,
  unsubscribe: 'Annulla l’iscrizione',
  unsubscribed: 'La tua iscrizione è annullata',
  consequence: (purpose, channel) =>
    `Non riceverai più messaggi di <b>${purpose}</b> via <b>${channel}</b>.`,
  all: 'Che cosa ricevi',
  topic: (purpose, channel) => `${purpose} via ${channel}`,
  on: 'Attivo',
  off: 'Disattivato',
  turnOn: 'Attiva',
  turnOff: 'Disattiva',
  blocked: 'Al momento qui non ti arriva nulla per un altro motivo. Scrivici, per favore.',
  nothing: 'Più nulla',
  nothingMore: 'Non voglio ricevere più nulla',
  saved: 'La tua scelta è salvata.',
  remaining:
    'Continuerai a ricevere ciò che è necessario per i tuoi ordini e il tuo account, come una ricevuta.',
  notWithdrawable: 'Questi messaggi fanno parte del tuo ordine o del tuo account',
  notWithdrawableWhy: 'Non è possibile annullarne l’iscrizione. Finiscono da soli.',
  unknown: 'Questo link non è valido',
  unknownWhy: 'Forse è incompleto. Aprilo di nuovo dal messaggio.',
};

/** Every language that the pages are written in. */
export const pageWords = { en: english, it: italian } as const;

/** A language of the pages. */
export type PageLanguage = keyof typeof pageWords;
