import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { startStore } from '../../../dev/mongo/storage/store';
import { eventId } from '../../../src/core/ids';
import { createStore, type Store } from '../../../src/store/store';
import { filesIn } from '../../support/files-in';
import { sealing } from '../../support/sealing';
import {
  ada,
  aClaim,
  aDecision,
  anEnrollment,
  anEvent,
  aSnapshot,
  cartEnrollment,
  cartRecovery,
  shop,
} from '../builders';

export const canary = 'canary-of-ada';
export const email = `${canary}@shop.test`;
export const phone = `+39${canary}`;
export const facts = { [`${canary}.of`]: [canary, { deep: canary }], size: 'x'.repeat(2_000) };
export const due = { nextAt: 0 };
const page = { limit: 10 };
const request = { route: 'post /v1/x', key: canary, fingerprint: canary };
const keeping = { now: 0, leaseMs: 10, keepMs: 1e12 };
const birth = { newId: () => ada, now: 1_000 };

export type Disk = Awaited<ReturnType<typeof startDisk>>;
type Settings = Partial<Pick<Parameters<typeof createStore>[0], 'encryption' | 'sealing'>>;

/** A database in a file, and stores upon it. */
export async function startDisk() {
  const folder = mkdtempSync(join(tmpdir(), 'itinera-sealed-'));
  const server = await startStore({ port: 0, file: join(folder, 'store') });
  const client = await mongo.MongoClient.connect(server.uri);
  const stores: Store[] = [];
  return {
    database: client.db('test'),
    open: async (settings: Settings): Promise<Store> => {
      const store = createStore({ uri: server.uri, database: 'test', sealing, ...settings });
      stores.push(store);
      await store.connect();
      await store.ensureIndexes();
      return store;
    },
    isOnDisk: (text: string) => [...filesIn(folder).values()].some((file) => file.includes(text)),
    close: async () => {
      await Promise.all(stores.map((store) => store.close()));
      await client.close();
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export const event = anEvent('Gift Chosen', {
  id: eventId(canary),
  keys: [canary],
  fingerprint: `fingerprint of ${canary}`,
  properties: facts,
});
export const command = anEvent('Skipped', {
  command: { kind: 'skip-wait', by: canary, reason: canary },
});
const enrollment = anEnrollment(1, {
  key: canary,
  keys: [canary],
  snapshot: { ...aSnapshot('entry', 1_000), properties: facts },
});
const trouble = { kind: 'deferred', text: canary, at: 1_000 } as const;
const fault = { pointer: '/traits', code: 'broken-rule', detail: canary };

/** Writes something personal into every collection that may hold it. */
export async function seed(store: Store): Promise<void> {
  const { contacts, events, enrollments, messages, decisions, idempotency, rejections } = store;
  await contacts.resolve(shop, { userId: canary, email, phone }, birth);
  await contacts.change(shop, ada, { traits: facts, tags: [canary] }, 1_000);
  await contacts.change(shop, ada, { locale: canary }, 1_000);
  const word = { given: true, at: 900, evidence: { form: canary } };
  await contacts.change(shop, ada, { consents: { marketing: { email: word } } }, 1_000);
  await events.insert(event, due);
  await events.insert(command, due);
  await enrollments.open(enrollment, due);
  await enrollments.addKeys(shop, enrollment.id, [canary, `${canary}-2`]);
  await messages.claim(aClaim(1));
  const { id } = aClaim(1);
  await messages.putOff(shop, id, { status: 'claimed', attempts: 1, nextAttemptAt: 2, trouble });
  await messages.settle(shop, id, { status: 'sent', providerId: 'p1', answer: canary, at: 2_000 });
  await decisions.record([aDecision('one', { facts })]);
  await idempotency.begin(shop, request, keeping);
  await idempotency.finish(shop, request, { status: 200, body: facts, contact: ada });
  await rejections.record(
    shop,
    { id: 'r1', at: 1_000, source: 'segment', faults: [fault] },
    Date.now() + 1e9,
  );
  await store.suppressions.suppress(shop, {
    channel: 'email',
    address: email,
    because: 'bounced',
    at: 1_000,
  });
}

/** All that people and the engine read of it. */
export async function readAll(store: Store) {
  const { contacts, events, enrollments, messages, decisions, idempotency, rejections } = store;
  const search = { names: ['Gift Chosen'], receivedFrom: 0, paths: ['properties.size'] as const };
  return {
    contact: await contacts.stored(shop, ada),
    event: await events.findByKey(shop, event.key),
    command: await events.findByKey(shop, command.key),
    found: (await events.ofContact(shop, ada, search)).map(({ properties }) => properties['size']),
    enrollment: await enrollments.find(shop, enrollment.id),
    message: await messages.find(shop, aClaim(1).id),
    decisions: await decisions.ofEnrollment(shop, cartEnrollment),
    answer: await idempotency.begin(shop, request, keeping),
    rejections: (await rejections.list(shop, page)).data,
    consents: (await store.consents.ofContact(shop, ada, page)).data,
    timeline: (await store.timeline.ofContact(shop, [ada], page)).data,
  };
}

/** The ids that each way of looking finds. */
export async function findAll({ contacts, events, enrollments }: Store) {
  const byKey = await enrollments.list(shop, { key: canary }, page);
  const last = await enrollments.lastOf(shop, {
    contact: ada,
    journey: cartRecovery,
    key: canary,
  });
  return [
    (await contacts.find(shop, { userId: canary }))?.id,
    (await contacts.find(shop, { email: email.toUpperCase() }))?.id,
    (await contacts.find(shop, { phone }))?.id,
    (await events.find(shop, event.id))?.key,
    ...(await events.ofKeys(shop, [canary])).map(({ key }) => key),
    ...(await enrollments.openByKeys(shop, [`${canary}-2`])).map(({ id }) => id),
    ...byKey.data.map(({ id }) => id),
    last?.id,
  ];
}

export const everyWay = [
  ada,
  ada,
  ada,
  event.key,
  event.key,
  ...Array.from({ length: 3 }, () => enrollment.id),
];
