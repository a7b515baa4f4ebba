import { createCloudApi } from '../../../src/channels/whatsapp/cloud-api';
import type { GatewayAnswer } from '../../../dev/mailbox/gateway/protocol';
import { whatsappFault as fault } from '../../../dev/mailbox/gateway/whatsapp';
import { byProvider } from '../providers/served';
import { startGateway, type GatewayServer } from '../providers/gateway-server';
import { aReference } from '../../support/reference';

const message = {
  ...{ to: '+393331234567', template: 'cart_reminder', language: 'it', text: 'Ciao Giulia' },
  reference: aReference,
  filled: [
    { part: 'body', values: [{ text: 'Giulia' }, { name: 'title', text: 'Lampada' }] },
    { part: 'button', index: 1, values: [{ text: 'c-1' }] },
  ],
} as const;

describe('a message by the Cloud API of WhatsApp', () => {
  let server: GatewayServer | undefined;

  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  async function deliverTo(answer?: GatewayAnswer, more: Partial<typeof message> | object = {}) {
    server = await startGateway({ answer: () => answer });
    const url = `whatsapp://1061:EAAG1@${server.host}?preview=true`;
    return byProvider(createCloudApi({ url }), { ...message, ...more }).deliver();
  }

  it('arrives as the person reads it, from the number of the URL', async () => {
    const answer = await deliverTo();

    expect(answer).toEqual({
      kind: 'accepted',
      providerId: expect.stringMatching(/^wamid\../) as string,
    });
    const { to, text } = message;
    expect(server?.taken).toEqual([
      { provider: 'whatsapp', account: 'EAAG1', from: '1061', to, text },
    ]);
  });

  it('is given to WhatsApp itself by its name and values alone', async () => {
    server = await startGateway();
    const url = `whatsapp://1061:EAAG1@${server.host}`;

    await byProvider(createCloudApi({ url }), message).deliver();

    expect(server.taken).toMatchObject([{ text: 'cart_reminder\nGiulia\nLampada\nc-1' }]);
  });

  it.each(['393331234567', '+39 333', '+393331234567, +390000', 'https://evil.test', ''])(
    'goes to no number that is none: %j',
    async (to) => {
      expect(await deliverTo(undefined, { to })).toMatchObject({ kind: 'refused' });
      expect(server?.taken).toEqual([]);
    },
  );

  it.each([
    [fault(400, 131026, 'Message undeliverable'), 'address-refused'],
    [fault(400, 131030, 'Recipient phone number not in allowed list'), 'provider-refused'],
    [fault(400, 131047, 'Re-engagement message'), 'provider-refused'],
    [fault(400, 131049, 'Not delivered to maintain healthy engagement'), 'provider-refused'],
    [fault(403, 130497, 'Restricted in this country'), 'provider-refused'],
    [fault(404, 132001, 'Template name does not exist'), 'content-refused'],
    [fault(400, 132012, 'Parameter format does not match'), 'content-refused'],
    [fault(400, 132999, 'news of a template'), 'content-refused'],
    [fault(400, 100, 'Invalid parameter'), 'content-refused'],
    [fault(400, 999999, 'news'), 'provider-refused'],
    [{ status: 400, body: 'no JSON' }, 'provider-refused'],
  ])('is refused for good by %j', async (answer, because) => {
    expect(await deliverTo(answer)).toMatchObject({ kind: 'refused', because });
  });

  it.each([
    [fault(401, 0, 'AuthException'), 'unauthorized'],
    [fault(400, 190, 'Access token has expired'), 'unauthorized'],
    [fault(403, 10, 'Permission denied'), 'unauthorized'],
    [fault(403, 200, 'API permission'), 'unauthorized'],
    [fault(500, 3, 'Capability or permissions issue'), 'unauthorized'],
    [fault(403, 131031, 'Account has been locked'), 'blocked'],
    [fault(400, 131042, 'Payment issue'), 'blocked'],
    [fault(400, 133010, 'Phone number not registered'), 'blocked'],
    [fault(403, 368, 'Temporarily blocked'), 'blocked'],
    [{ status: 404, body: '<html>' }, 'blocked'],
    [fault(400, 130429, 'Rate limit hit'), 'deferred'],
    [fault(400, 131048, 'Spam rate limit hit'), 'deferred'],
    [fault(400, 131056, 'Pair rate limit hit'), 'deferred'],
    [fault(400, 80007, 'Rate limit issues'), 'deferred'],
    [fault(400, 132015, 'Template is paused'), 'deferred'],
    [{ status: 502, body: 'bad gateway' }, 'unanswered'],
    [{ status: 200, body: { messages: [] } }, 'unanswered'],
    [{ status: 200, body: { messages: [{}] } }, 'unanswered'],
    [{ status: 200, body: [] }, 'unanswered'],
  ])('is in trouble by %j', async (answer, kind) => {
    await expect(deliverTo(answer)).rejects.toMatchObject({ kind });
  });

  it('waits for an operator where its number is unknown to WhatsApp', async () => {
    const error = { code: 100, error_subcode: 33, message: 'Unsupported post request' };

    await expect(deliverTo({ status: 400, body: { error } })).rejects.toMatchObject({
      kind: 'blocked',
      status: '400 100/33',
    });
  });

  it('tells no number in its words', async () => {
    const words = 'Message failed to send to +39 333 1234567 (393331234567)';

    expect(await deliverTo(fault(400, 131026, words))).toMatchObject({
      detail: '400 131026 Message failed to send to …',
    });
  });

  it.each([
    'https://1061:EAAG1@graph.facebook.com',
    'whatsapp://EAAG1@graph.facebook.com',
    'whatsapp://shop:EAAG1@graph.facebook.com',
    'whatsapp://1061:EAAG1@graph.facebook.com?version=latest',
    'whatsapp://1061:EAAG1@graph.facebook.com?version=v1.0/../../admin',
  ])('has no account in %s', (url) => {
    expect(() => createCloudApi({ url })).toThrow(/WHATSAPP_URL/);
  });
});
