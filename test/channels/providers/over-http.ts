import type { GatewayAnswer } from '../../../dev/mailbox/gateway/protocol';
import { brevoFault } from '../../../dev/mailbox/gateway/brevo';
import { resendFault } from '../../../dev/mailbox/gateway/resend';
import { sesFault } from '../../../dev/mailbox/gateway/ses';
import { twilioFault } from '../../../dev/mailbox/gateway/twilio';
import { whatsappFault } from '../../../dev/mailbox/gateway/whatsapp';
import type { Provider } from '../../../src/channels/channel';
import { createBrevo } from '../../../src/channels/email/brevo/brevo';
import { emailMessageIdOf } from '../../../src/channels/email/checked-mail';
import { createResend } from '../../../src/channels/email/resend/resend';
import { createSes } from '../../../src/channels/email/ses/ses';
import { createTwilio } from '../../../src/channels/sms/twilio';
import { createCloudApi } from '../../../src/channels/whatsapp/cloud-api';
import { startGateway, twilioUrl } from './gateway-server';
import { byProvider, type Conduct, type Serve } from './served';
import { aReference } from '../../support/reference';

type Options = Readonly<{ url: string; answerMs?: number }>;
type Answers = Readonly<Partial<Record<Conduct, GatewayAnswer>>>;

type Spoken<Outgoing> = Readonly<{
  create(options: Options): Provider<Outgoing>;
  url(host: string): string;
  message: Outgoing;
  answers: Answers;
}>;

const pause = { 'Retry-After': '120' };
const garbage = { status: 200, body: '<html>' };

const text = {
  to: '+393331234567',
  text: 'Il tuo carrello ti aspetta',
  reference: aReference,
};

export const email = {
  from: { name: 'Bottega "Rossi"', address: 'ciao@bottega.example' },
  to: 'giulia@example.com',
  subject: 'Il tuo carrello',
  html: '<p>Ciao</p>',
  text: 'Ciao',
  messageId: emailMessageIdOf('key', 'bottega.example'),
  reference: aReference,
  unsubscribe: { url: 'https://bottega.example/u/1' },
};

/** An adapter before the gateway of the development stack. */
function served<Outgoing>({ create, url, message, answers }: Spoken<Outgoing>): Serve {
  return async (conduct) => {
    const isSilent = conduct === 'accepts and says nothing';
    const server = await startGateway({ answer: () => answers[conduct], isSilent });
    const provider = create({ url: url(server.host), ...(isSilent && { answerMs: 300 }) });
    const { deliver } = byProvider(provider, message);
    return { deliver, taken: () => server.taken.length, close: server.stop };
  };
}

export const serveTwilio = served({
  create: createTwilio,
  url: (host) => twilioUrl({ host }),
  message: text,
  answers: {
    'refuses the address': twilioFault(400, 21614, 'is not a mobile number'),
    'refuses the content': twilioFault(400, 21617, 'exceeds 1600 characters'),
    'refuses the credentials': twilioFault(401, 20003, 'Authenticate: not the secret'),
    'asks to wait': { ...twilioFault(429, 20429, 'Too many requests'), headers: pause },
    fails: twilioFault(503, 20503, 'Service unavailable'),
    'answers garbage': garbage,
  },
});

export const serveWhatsApp = served({
  create: createCloudApi,
  url: (host) => `whatsapp://1061:EAAG1@${host}`,
  message: {
    ...{ ...text, template: 'cart_reminder', language: 'it' },
    filled: [{ part: 'body', values: [{ text: 'Giulia' }] }],
  },
  answers: {
    'refuses the address': whatsappFault(400, 131026, 'Message undeliverable'),
    'refuses the content': whatsappFault(400, 132000, 'Number of parameters does not match'),
    'refuses the credentials': whatsappFault(401, 190, 'Malformed access token secret'),
    'asks to wait': { ...whatsappFault(429, 130429, 'Rate limit hit'), headers: pause },
    fails: whatsappFault(500, 131000, 'Something went wrong'),
    'answers garbage': garbage,
  },
});

export const serveResend = served({
  create: createResend,
  url: (host) => `resend://re_1@${host}`,
  message: email,
  answers: {
    'refuses the address': resendFault(422, 'validation_error', 'Invalid `to` field.'),
    'refuses the content': resendFault(422, 'validation_error', 'Missing `html` field.'),
    'refuses the credentials': resendFault(403, 'invalid_api_key', 'secret is invalid'),
    'asks to wait': {
      ...resendFault(429, 'rate_limit_exceeded', 'Too many requests.'),
      headers: pause,
    },
    fails: resendFault(500, 'internal_server_error', 'An unexpected error occurred.'),
    'answers garbage': garbage,
  },
});

export const serveBrevo = served({
  create: createBrevo,
  url: (host) => `brevo://xkeysib-1@${host}`,
  message: email,
  answers: {
    'refuses the address': brevoFault(400, 'invalid_parameter', 'email is not valid in to'),
    'refuses the content': brevoFault(400, 'missing_parameter', 'subject is missing'),
    'refuses the credentials': brevoFault(401, 'unauthorized', 'Key secret not found'),
    'asks to wait': { ...brevoFault(429, 'too_many_requests', 'Rate limit'), headers: pause },
    fails: brevoFault(500, 'internal_error', 'Try again'),
    'answers garbage': garbage,
  },
});

export const serveSes = served({
  create: createSes,
  url: (host) => `ses://AKIA1:secret@${host}?region=eu-south-1`,
  message: email,
  answers: {
    'refuses the address': sesFault(400, 'BadRequestException', 'Illegal address'),
    'refuses the content': sesFault(400, 'MessageRejected', 'Header is not allowed'),
    'refuses the credentials': sesFault(403, 'InvalidSignatureException', 'secret mismatch'),
    'asks to wait': {
      ...sesFault(429, 'TooManyRequestsException', 'Maximum sending rate exceeded'),
      headers: pause,
    },
    fails: sesFault(500, 'InternalFailure', 'Try again'),
    'answers garbage': garbage,
  },
});
