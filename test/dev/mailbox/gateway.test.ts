import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { serveGateway } from '../../../dev/mailbox/gateway/gateway';
import type { GivenMessage } from '../../../dev/mailbox/gateway/protocol';

let server: Server;
let address: string;
const taken: GivenMessage[] = [];

beforeAll(async () => {
  server = await serveGateway({
    port: 0,
    onMessage: (message) => {
      taken.push(message);
    },
  });
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const token = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const fields = { To: '+393331234567', From: '+15005550006', Body: 'Ciao' };

function post(body: Record<string, string>, authorization = token('AC1:secret')) {
  return fetch(`${address}/2010-04-01/Accounts/AC1/Messages.json`, {
    method: 'POST',
    headers: { Authorization: authorization },
    body: new URLSearchParams(body),
  });
}

describe('the gateway of providers', () => {
  it('takes a message and answers with its id', async () => {
    const answer = await post(fields);

    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ status: 'queued', to: '+393331234567' });
    expect(taken).toEqual([
      {
        provider: 'twilio',
        account: 'AC1',
        to: '+393331234567',
        from: '+15005550006',
        text: 'Ciao',
      },
    ]);
  });

  it.each([
    [{ ...fields, To: '333' }, 400, 21211],
    [{ ...fields, Body: '' }, 400, 21602],
  ])('refuses as Twilio does: %j', async (body, status, code) => {
    const answer = await post(body);

    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code });
  });

  it.each([token('AC2:secret'), token('AC1:'), 'Bearer secret', ''])(
    'takes nothing by the credentials %j',
    async (authorization) => {
      expect((await post(fields, authorization)).status).toBe(401);
    },
  );

  const chat = {
    ...{ messaging_product: 'whatsapp', to: '+393331234567', type: 'template' },
    template: {
      ...{ name: 'cart', language: { code: 'it' } },
      components: [{ type: 'body', parameters: [{ type: 'text', text: 'Giulia' }] }],
    },
  };
  const withValue = (text: string) => ({
    ...chat,
    template: { ...chat.template, components: [{ parameters: [{ text }] }] },
  });
  const say = (body: object, authorization = 'Bearer EAAG1') =>
    fetch(`${address}/v23.0/1061/messages`, {
      method: 'POST',
      headers: { Authorization: authorization },
      body: JSON.stringify(body),
    });

  it.each([
    [chat, 'cart\nGiulia'],
    [{ ...chat, preview: 'Ciao Giulia' }, 'Ciao Giulia'],
  ])('shows a message of WhatsApp by its preview, or else by its values', async (body, text) => {
    const answer = await say(body);

    expect(await answer.json()).toMatchObject({ contacts: [{ wa_id: '393331234567' }] });
    expect(taken.at(-1)).toMatchObject({ provider: 'whatsapp', from: '1061', text });
  });

  it.each([
    [{ ...chat, to: '333' }, 131009],
    [{ ...chat, type: 'text' }, 100],
    [withValue(''), 131008],
    [withValue('two\nlines'), 132018],
    [withValue('a     b'), 132018],
  ])('refuses as WhatsApp does: %j', async (body, code) => {
    const answer = await say(body);

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code } });
  });

  it('takes no message of WhatsApp without a token', async () => {
    expect((await say(chat, 'Bearer ')).status).toBe(401);
  });

  it('has nothing elsewhere', async () => {
    expect((await fetch(`${address}/`)).status).toBe(404);
  });
});
