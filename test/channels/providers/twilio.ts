import { fault, type GatewayAnswer } from '../../../dev/mailbox/sms-gateway';
import { createTwilio } from '../../../src/channels/sms/twilio';
import { startTwilioServer } from '../sms/twilio-server';
import { byProvider, type Conduct, type Serve } from './served';

const message = { to: '+393331234567', text: 'Il tuo carrello ti aspetta' };

const answers: Readonly<Partial<Record<Conduct, GatewayAnswer>>> = {
  'refuses the address': fault(400, 21614, 'is not a mobile number'),
  'refuses the content': fault(400, 21617, 'exceeds 1600 characters'),
  'refuses the credentials': fault(401, 20003, 'Authenticate'),
  'asks to wait': { ...fault(429, 20429, 'Too many requests'), headers: { 'Retry-After': '120' } },
  fails: fault(503, 20503, 'Service unavailable'),
  'answers garbage': { status: 200, body: '<html>' },
};

/** Twilio before the gateway of the development stack. */
export const serveTwilio: Serve = async (conduct) => {
  const isSilent = conduct === 'accepts and says nothing';
  const server = await startTwilioServer({ answer: () => answers[conduct], isSilent });
  const provider = createTwilio({ url: server.url, ...(isSilent && { answerMs: 300 }) });
  const { deliver } = byProvider(provider, message);
  return { deliver, taken: () => server.taken.length, close: server.stop };
};
