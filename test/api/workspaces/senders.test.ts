import { mostSenders } from '../../../src/store/quotas';
import { workspaceId } from '../../../src/core/ids';
import { createTxtLookup } from '../../../src/process/dns/txt-lookup';
import { openDnsServer, type DnsServer } from '../../support/dns-server';
import { openTestApi, otherKey, type TestApi } from '../test-api';

let dns: DnsServer;
let api: TestApi;

beforeAll(async () => {
  dns = await openDnsServer();
  api = await openTestApi({
    trustedDomains: ['vouched.example'],
    lookUpTxt: createTxtLookup(dns.address),
  });
});
afterAll(async () => {
  await api.close();
  await dns.close();
});

type Sender = Readonly<{ status: string; record: Readonly<{ name: string; value: string }> }>;

async function want(domain: string): Promise<Sender> {
  return (await api.admin.put(`/v1/senders/${domain}`)).body as Sender;
}

async function publish(domain: string): Promise<void> {
  const { record } = await want(domain);
  dns.records.set(record.name, ['another text', record.value]);
}

const confirm = (domain: string) => api.admin.post(`/v1/senders/${domain}/confirm`);
const facts = { name: 'Shop', zone: 'Europe/Rome', locale: 'it' };
const sendFrom = (from: string) => api.admin.put('/v1/workspace').send({ ...facts, from });

describe('a domain to send from', () => {
  it('is pending until its record stands in DNS', async () => {
    const created = await api.admin.put('/v1/senders/New.Example');
    const again = await want('new.example');
    const early = await confirm('new.example');
    await publish('new.example');
    const confirmed = await confirm('new.example');

    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      domain: 'new.example',
      status: 'pending',
      record: {
        type: 'TXT',
        name: '_itinera.new.example',
        value: expect.stringMatching(/^itinera-sender=[a-z2-7]{32}$/) as string,
      },
    });
    expect(again).toEqual(created.body);
    expect(early.status).toBe(422);
    expect(early.body).toMatchObject({
      errors: [{ pointer: '/path/domain', code: 'record-missing' }],
    });
    expect(confirmed.body).toMatchObject({ status: 'confirmed' });
  });

  it('attack 14: is not confirmed by the record of another workspace', async () => {
    await publish('claimed.example');

    await api.as(otherKey).put('/v1/senders/claimed.example').expect(201);
    const answer = await api.as(otherKey).post('/v1/senders/claimed.example/confirm');

    expect(answer.status).toBe(422);
  });

  it('is pending again once DNS says that its record is gone', async () => {
    await publish('gone.example');
    await confirm('gone.example').expect(200);
    dns.records.delete('_itinera.gone.example');

    await confirm('gone.example').expect(422);

    expect(await want('gone.example')).toMatchObject({ status: 'pending' });
  });

  it('stays confirmed while DNS gives no answer', async () => {
    await publish('silent.example');
    await confirm('silent.example').expect(200);
    dns.silent.add('_itinera.silent.example');

    const answer = await confirm('silent.example');

    expect(answer.body).toMatchObject({ status: 422, errors: [{ code: 'dns-unanswered' }] });
    expect(await want('silent.example')).toMatchObject({ status: 'confirmed' });
  });

  it.each([
    ['shop'],
    ['shop..example'],
    ['-shop.example'],
    ['shop.example@evil.test'],
    ['bücher.example'],
  ])('is refused where it is none: %s', async (domain) => {
    await api.admin.put(`/v1/senders/${encodeURIComponent(domain)}`).expect(400);
  });

  it('is one of a bounded number', async () => {
    const others = Array.from({ length: mostSenders }, (_, n) => `s${n}.example`);
    const add = (domain: string) =>
      api.store.senders.add(workspaceId('other'), { domain, token: 't', createdAt: 1 });
    await Promise.all(others.map(add));

    const answer = await api.as(otherKey).put('/v1/senders/one-more.example');

    expect(answer.status).toBe(422);
  });
});

describe('attack 14: the address that a workspace sends from', () => {
  it.each([
    ['shop@stranger.example'],
    ['shop@vouched.example.evil.test'],
    ['shop@notvouched.example'],
  ])('is refused while its domain is unconfirmed: %s', async (from) => {
    const answer = await sendFrom(from);

    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      errors: [{ pointer: '/from', code: 'sender-unconfirmed' }],
    });
  });

  it('is taken where its domain, or one above it, is confirmed or vouched for', async () => {
    await publish('own.example');
    await confirm('own.example').expect(200);

    const answers = [
      await sendFrom('shop@own.example'),
      await sendFrom('shop@mail.own.example'),
      await sendFrom('shop@vouched.example'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('lets no journey that sends be published once its confirmation is gone', async () => {
    await publish('lost.example');
    await confirm('lost.example').expect(200);
    await sendFrom('shop@lost.example').expect(200);
    await api.admin.delete('/v1/senders/lost.example').expect(204);
    const journey = {
      name: 'Cart',
      stage: 'decision',
      entry: { events: ['Cart Updated'] },
      steps: [
        { id: 'pause', kind: 'wait', for: 'PT1H' },
        { id: 'remind', kind: 'send', template: 'reminder', purpose: 'service' },
      ],
    };

    const answer = await api.admin.put('/v1/journeys/cart').send(journey);
    const same = await sendFrom('shop@lost.example');

    expect(answer.status).toBe(422);
    expect((answer.body as Readonly<{ errors: unknown }>).errors).toContainEqual({
      pointer: '/steps/1',
      code: 'sender-unconfirmed',
      detail:
        'Step "remind" sends from "lost.example", which the workspace has not confirmed; PUT /v1/senders/lost.example says how',
    });
    expect(same.status).toBe(200);
  });

  it('is asked of journeys alone that send e-mail', async () => {
    await publish('mute.example');
    await confirm('mute.example').expect(200);
    await sendFrom('shop@mute.example').expect(200);
    await api.admin.delete('/v1/senders/mute.example').expect(204);
    const locales = { en: { text: 'Your basket waits.' } };
    const short = { channel: 'sms', defaultLocale: 'en', locales };
    await api.admin.put('/v1/templates/short').send(short).expect(201);
    const step = { id: 'remind', kind: 'send', template: 'short', purpose: 'service' };
    const publishBy = (channels: readonly string[]) =>
      api.admin.put('/v1/journeys/basket').send({
        ...{ name: 'Basket', stage: 'decision', entry: { events: ['Cart Updated'] } },
        steps: [{ ...step, channels }],
      });

    expect((await publishBy(['sms', 'email'])).status).toBe(422);
    expect((await publishBy(['sms'])).status).toBe(201);
  });
});
