import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { serveSms, type GivenText } from '../../../dev/mailbox/sms-gateway';

let server: Server;
let address: string;
const taken: GivenText[] = [];

beforeAll(async () => {
  server = await serveSms({
    port: 0,
    onText: (message) => {
      taken.push(message);
      return Promise.resolve();
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

describe('the gateway of text messages', () => {
  it('takes a message and answers with its id', async () => {
    const answer = await post(fields);

    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ status: 'queued', to: '+393331234567' });
    expect(taken).toEqual([
      { account: 'AC1', to: '+393331234567', from: '+15005550006', body: 'Ciao' },
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

  it('has nothing elsewhere', async () => {
    expect((await fetch(`${address}/`)).status).toBe(404);
  });
});
