import { createTwilio } from '../../../src/channels/sms/twilio';
import type { GatewayAnswer } from '../../../dev/mailbox/gateway/protocol';
import { twilioFault as fault } from '../../../dev/mailbox/gateway/twilio';
import { byProvider } from '../providers/served';
import { aReference } from '../../support/reference';
import { startGateway, twilioUrl, type GatewayServer } from '../providers/gateway-server';

const message = {
  to: '+393331234567',
  text: 'Il tuo carrello ti aspetta',
  reference: aReference,
};

describe('a text message by Twilio', () => {
  let server: GatewayServer | undefined;

  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  async function deliverTo(answer?: GatewayAnswer, to = message.to) {
    server = await startGateway({ answer: () => answer });
    return byProvider(createTwilio({ url: twilioUrl(server) }), { ...message, to }).deliver();
  }

  it('arrives as it was written, from the sender of the URL', async () => {
    await deliverTo();

    const { to, text } = message;
    expect(server?.taken).toEqual([
      { provider: 'twilio', account: 'AC1', from: '+15005550006', to, text },
    ]);
  });

  it('cannot bring a second recipient in', async () => {
    const answer = await deliverTo(undefined, '+393331234567&To=%2B390000');

    expect(answer).toMatchObject({ kind: 'refused', because: 'address-refused' });
    expect(server?.taken).toEqual([]);
  });

  it.each([
    [fault(400, 21610, 'has opted out'), 'provider-refused'],
    [fault(400, 99999, 'news'), 'provider-refused'],
  ])('is refused by what has no other meaning: %j', async (answer, because) => {
    expect(await deliverTo(answer)).toMatchObject({ kind: 'refused', because });
  });

  it.each([
    [fault(400, 21606, 'The From number is not valid'), 'blocked'],
    [fault(404, 20404, 'The account was not found'), 'blocked'],
    [fault(500, 20500, 'Internal error'), 'deferred'],
    [fault(502, 0, 'Bad gateway'), 'unanswered'],
    [{ status: 201, body: {} }, 'unanswered'],
  ])('is in trouble by %j', async (answer, kind) => {
    await expect(deliverTo(answer)).rejects.toMatchObject({ kind });
  });

  it('tells no number in its words', async () => {
    const words = "The 'To' number +39 333 1234567 is not valid, nor 393331234567.";

    const answer = await deliverTo(fault(400, 21211, words));

    expect(answer).toMatchObject({ detail: "400 21211 The 'To' number …is not valid, nor …." });
  });

  it('has not left where nobody listens', async () => {
    const gone = await startGateway();
    await gone.stop();

    const delivery = byProvider(createTwilio({ url: twilioUrl(gone) }), message).deliver();

    await expect(delivery).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it.each([
    'https://AC1:secret@api.twilio.com?from=%2B1',
    'twilio://api.twilio.com?from=%2B1',
    'twilio://AC1:secret@api.twilio.com',
  ])('has no account in %s', (url) => {
    expect(() => createTwilio({ url })).toThrow(/SMS_URL/);
  });
});
