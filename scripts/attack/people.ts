import { among, flood, patient, surely, unless } from './connection';
import type { Attack } from './setting';
import { mailsTo, parsed, putMail, putTemplate, settledMessage, tell } from './shop';

const variants = 900;
const orders = 600;

const heavyOrders: Attack = {
  item: 5,
  name: `${orders} orders of ${variants} variants, then carts of as many`,
  run: async ({ writer, round }) => {
    const userId = `hoarder-${round}`;
    const goods = (from: number) =>
      Array.from({ length: variants }, (_, n) => ({ variant_id: `v${from + n}`, quantity: 1 }));
    let sent = 0;
    const heard = new Map<number, number>();
    const walk = async () => {
      while (sent < orders + 5) {
        sent += 1;
        const isOrder = sent <= orders;
        const { status } = await tell(writer, {
          ...{ name: isOrder ? 'Order Completed' : 'Cart Updated', userId },
          properties: { products: goods(sent * variants), cart_id: `c${round}-${sent}` },
        });
        heard.set(status, (heard.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: 8 }, walk));
    return among([202, 400, 413, 429, 503], 'an order', heard);
  },
};

const previews: Attack = {
  item: 10,
  name: 'a key without contacts:read asks for a person',
  run: async ({ owner, author, round }) => {
    const secret = `secret-${round}`;
    const body = { email: `${secret}@victim.test`, traits: { note: secret } };
    await surely(owner)({ method: 'PUT', path: '/v1/contacts/victim', body });
    await putTemplate(surely(author), 'look', {
      html: '{{ contact.email }}{{ contact.traits.note }}',
    });
    const shown = await patient(author)({
      ...{ method: 'POST', path: '/v1/templates/look/preview' },
      body: { contact: 'victim' },
    });
    const read = await author({ method: 'GET', path: '/v1/contacts/victim' });
    const leaks = [shown, read].filter(({ text }) => text.includes(secret));
    return [
      ...unless([403], 'a preview of a person', shown),
      ...unless([403], 'a contact', read),
      ...leaks.map(() => 'an answer tells of a person'),
    ];
  },
};

const takeOver: Attack = {
  item: 11,
  name: 'a write key replaces an address, gives a consent again and merges two users',
  run: async ({ owner, writer, round }) => {
    const [ada, bea] = [`ada-${round}`, `bea-${round}`];
    const consents = { marketing: { email: false } };
    await surely(owner)({
      ...{ method: 'PUT', path: `/v1/contacts/${ada}` },
      body: { email: `${ada}@victim.test`, consents },
    });
    await surely(owner)({ method: 'PUT', path: `/v1/contacts/${bea}`, body: {} });
    const traits = { email: 'thief@evil.test', consents: { marketing: { email: true } } };
    await patient(writer)({ method: 'POST', path: '/v1/identify', body: { userId: ada, traits } });
    await patient(writer)({
      ...{ method: 'POST', path: '/v1/alias' },
      body: { userId: ada, previousId: bea },
    });
    const { text } = await owner({ method: 'GET', path: `/v1/contacts/${ada}` });
    const other = await owner({ method: 'GET', path: `/v1/contacts/${bea}` });
    const found = parsed(text) as Found;
    return [
      ...(found.email === `${ada}@victim.test` ? [] : ['the address is replaced']),
      ...(found.consents?.marketing?.email?.given === false ? [] : ['the consent is given again']),
      ...((parsed(other.text) as Found).id === found.id ? ['two users are one'] : []),
    ];
  },
};

type Found = Readonly<{
  id: string;
  email?: string;
  consents?: Readonly<{ marketing?: Readonly<{ email?: Readonly<{ given: boolean }> }> }>;
}>;

const takenIds: Attack = {
  item: 12,
  name: 'a write key takes the ids of a coming unsubscription',
  run: async (setting) => {
    const { owner, author, writer, api, round } = setting;
    const userId = `leaver-${round}`;
    const email = `${userId}@victim.test`;
    await putTemplate(surely(author), 'news', {
      html: '<a href="{{ links.unsubscribe }}">leave</a>',
    });
    await putMail(surely(author), 'news', 'marketing');
    const body = { email, consents: { marketing: { email: true } } };
    const path = `/v1/contacts/${userId}`;
    const { id } = parsed((await surely(owner)({ method: 'PUT', path, body })).text) as Found;
    await tell(surely(writer), { name: 'news', userId });
    await settledMessage(setting, userId);
    const [mail] = await mailsTo(setting, email);
    const link = /\/u\/[\w.-]+/.exec(mail?.html ?? '')?.[0];
    if (link === undefined) return ['no mail with a link has come'];
    const start = Date.now();
    const taken = Array.from({ length: 3_000 }, (_, n) => ({
      ...{ id: `unsubscribe:${id}:marketing:email:${start + n}`, name: 'Taken' },
      contact: { userId },
    }));
    for (let n = 0; n < taken.length; n += 500)
      await surely(writer)({
        method: 'POST',
        path: '/v1/events',
        body: { events: taken.slice(n, n + 500) },
      });
    await fetch(`${api}${link}`, { method: 'POST' });
    const events = await owner({ method: 'GET', path: `${path}/timeline?limit=200` });
    return events.text.includes('"Unsubscribed"') ? [] : ['the unsubscription is not heard'];
  },
};

const strangers: Attack = {
  item: 14,
  name: 'a write key has 200 transactional mails sent to one stranger',
  run: async (setting) => {
    const { author, writer, round } = setting;
    const email = `stranger-${round}@victim.test`;
    await putTemplate(surely(author), 'receipt', { html: '<p>Your receipt</p>' });
    await putMail(surely(author), 'receipt');
    for (let n = 0; n < 200; n += 1)
      await tell(surely(writer), { name: 'receipt', userId: `s${round}-${n}`, email });
    await settledMessage(setting, `s${round}-199`);
    const { length } = await mailsTo(setting, email);
    return length > mostMails ? [`a stranger has got ${length} mails`] : [];
  },
};

const mostMails = 50;

const bigContacts: Attack = {
  item: 9,
  name: 'a contact grows with each of 18 changes, and a journey with each of 40 versions',
  run: async ({ owner, floodMs, round }) => {
    const path = `/v1/contacts/hoard-${round}`;
    for (let n = 0; n < 18; n += 1) {
      const traits = { [`t${n}`]: Array.from({ length: 90 }, () => 'x'.repeat(9_000)) };
      await owner({ method: 'PUT', path, body: { traits } });
    }
    const contact = await patient(owner)({ method: 'GET', path });
    const steps = Array.from({ length: 40 }, (_, n) => ({ id: `s${n}`, kind: 'wait', for: 'P1D' }));
    for (let n = 0; n < 40; n += 1)
      await surely(owner)({
        ...{ method: 'PUT', path: '/v1/journeys/long' },
        body: {
          ...{ id: 'long', name: `${round}-${n} ${'x'.repeat(150)}`, stage: 'decision' },
          ...{ entry: { events: ['Never'] }, steps },
        },
      });
    const versions = await owner({ method: 'GET', path: '/v1/journeys/long/versions' });
    const heard = await flood({ lanes: 8, forMs: floodMs / 2 }, () =>
      owner({ method: 'GET', path: '/v1/journeys/long/versions' }),
    );
    const big = [contact, versions].filter(({ text }) => text.length > 1_048_576);
    return [
      ...big.map(({ text }) => `an answer has ${text.length} characters`),
      ...among([200, 429, 503], 'the versions of a journey', heard),
    ];
  },
};

export const peopleAttacks: readonly Attack[] = [
  heavyOrders,
  bigContacts,
  previews,
  takeOver,
  takenIds,
  strangers,
];
