import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Payload, PayloadCodec } from '@temporalio/common';
import request from 'supertest';
import { createCodecApp } from '../../src/api/codec/codec-app';
import type { ContactId, EnrollmentId } from '../../src/core/ids';
import { redriveOnce } from '../../src/intake/settle/redrive';
import { createLogger } from '../../src/process/logger';
import { createKeyRing } from '../../src/process/secrets/key-ring';
import type { Encryption } from '../../src/store/secrets/sealing';
import type { Store } from '../../src/store/store';
import { keysOfContacts } from '../../src/temporal/payloads/contact-keys';
import { createPayloadCodec } from '../../src/temporal/payloads/payload-codec';
import { viewPayloads } from '../../src/temporal/payloads/payload-view';
import { aJourney } from '../support/core/builders';
import { startEngine } from '../support/engine';
import { filesIn } from '../support/files-in';
import { encryption } from '../support/sealing';
import { payloadsIn, writtenOf } from '../support/payloads-in';
import { deletingSoon, localServer } from '../support/processes/temporal';
import { until } from '../support/processes/until';

const canary = 'canary-of-ada@shop.test';
const journey = aJourney({
  exits: [
    {
      events: ['Order Completed'],
      when: { fact: 'event.properties.for', is: 'equals', to: { fact: 'entry.properties.for' } },
      as: 'converted',
    },
  ],
  entry: { events: ['Gift Chosen'], key: [] },
  steps: [
    { id: 'pause', kind: 'wait', for: 'PT1S' },
    {
      id: 'gift',
      kind: 'branch',
      cases: [{ when: { fact: 'entry.properties.for', is: 'exists' }, next: 'rest' }],
      otherwise: 'rest',
    },
    { id: 'rest', kind: 'wait', for: 'PT1H' },
  ],
});

function codecOf({ dataKeys: stored }: Store) {
  const ring = createKeyRing([{ id: 'k1', bytes: Buffer.alloc(32, 1) }]);
  return createPayloadCodec(keysOfContacts({ ring, stored, maxAgeMs: 500 }));
}

const key = 'codec-key-of-24-characters';

/** Temporal and a store with their databases in files, and an engine on them. */
async function startOnDisk({
  payloadCodecs,
  ...encrypting
}: Readonly<{
  payloadCodecs: (store: Store) => readonly PayloadCodec[];
  encryption?: Encryption;
}>) {
  const folder = mkdtempSync(join(tmpdir(), 'itinera-shredding-'));
  const server = await localServer(deletingSoon, join(folder, 'temporal.db'));
  const storeSettings = { ...encrypting, file: join(folder, 'store') };
  const engine = await startEngine(server, { payloadCodecs, storeSettings });
  await engine.publish(journey);
  return {
    server,
    engine,
    isOnDisk: (text: string) => [...filesIn(folder).values()].some((file) => file.includes(text)),
    close: async () => {
      await engine.close();
      await server.teardown();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Somebody chooses a gift for an address, waits, and orders it. */
async function runOnce({ engine }: OnDisk, userId: string, address: string) {
  const about = { contact: { userId, email: address }, properties: { for: address } };
  const receipt = await engine.receive({ name: 'Gift Chosen', ...about });
  if (receipt.kind === 'conflict') throw new Error('an event without an id is in no conflict');
  const [enrollment] = receipt.enrollments;
  if (!enrollment) throw new Error('nobody entered');
  await engine.receive({ name: 'Order Completed', ...about });
  await engine.result(enrollment.id);
  return { contact: receipt.contact, enrollment: enrollment.id };
}

type OnDisk = Awaited<ReturnType<typeof startOnDisk>>;

describe('with a key ring, an address that a condition reads', () => {
  let running: OnDisk;

  beforeAll(async () => {
    running = await startOnDisk({ payloadCodecs: (store) => [codecOf(store)], encryption });
  });
  afterAll(() => running.close());

  /** A copy of the history, such as a backup of Temporal's database holds. */
  async function copyOf(enrollment: EnrollmentId): Promise<readonly Payload[]> {
    const { workflow } = running.server.client;
    return payloadsIn(await workflow.getHandle(enrollment).fetchHistory());
  }

  /** As Temporal's UI shows the payloads. */
  async function shown(payloads: readonly Payload[]): Promise<string> {
    const view = viewPayloads([codecOf(running.engine.store)]);
    const logger = createLogger({ level: 'silent', name: 'codec' });
    const app = createCodecApp({ view, codec: { key, origin: 'http://ui.test' }, logger });
    const response = await request(app)
      .post('/codec/decode')
      .auth(key, { type: 'bearer' })
      .send({ payloads: payloads.map(writtenOf) });
    const { payloads: found } = response.body as Readonly<{
      payloads: readonly { data: string }[];
    }>;
    return found.map(({ data }) => Buffer.from(data, 'base64').toString()).join('\n');
  }

  async function erase(contact: ContactId): Promise<void> {
    const { intake, workspace, dependencies, store } = running.engine;
    await intake.ask(workspace.id, 'erase', { contact });
    await intake.drain();
    const clock = { ...dependencies.clock, realNow: () => Date.now() + 60_000 };
    const isErased = async () => {
      await redriveOnce({ ...dependencies, clock });
      return (await store.dataKeys.find(contact)) === undefined;
    };
    await until(isErased, 30_000);
  }

  it('is in no file of Temporal and of the store', async () => {
    const { enrollment } = await runOnce(running, 'ada', canary);

    expect(running.isOnDisk(enrollment)).toBe(true);
    expect(running.isOnDisk(canary)).toBe(false);
  });

  it('would be in one of Temporal without a codec', async () => {
    const plain = await startOnDisk({ payloadCodecs: () => [], encryption });
    const isOnDisk = runOnce(plain, 'ada', canary).then(() => plain.isOnDisk(canary));

    await expect(isOnDisk.finally(plain.close)).resolves.toBe(true);
  });

  it('is shown to people until the contact is erased, and by no copy afterwards', async () => {
    const { contact, enrollment } = await runOnce(running, 'cleo', canary);
    const copy = await copyOf(enrollment);
    const before = await shown(copy);

    await erase(contact);

    const after = await shown(copy);
    expect(before).toContain(canary);
    expect(after).toContain('This is erased: the key of its contact is gone');
    expect(after).not.toContain(canary);
  });
});
