import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { createKeyRing } from '../../src/process/secrets/key-ring';
import { createPayloadCodec } from '../../src/temporal/payloads/payload-codec';
import { keysOfContacts } from '../../src/temporal/payloads/contact-keys';
import { keysInMemory } from '../support/contact-keys';
import type { EnrollmentId } from '../../src/core/ids';
import { DomainError } from '../../src/core/domain-error';
import type { DataKey, DataKeys } from '../../src/store/secrets/data-keys';
import type { Store } from '../../src/store/store';
import type { Step } from '../../src/core/journeys/steps/kinds';
import { aJourney } from '../support/core/builders';
import { startEngine, type Engine } from '../support/engine';
import { localServer, workflowBundlePath } from '../support/processes/temporal';
import { until } from '../support/processes/until';

const canary = 'canary@shop.test';
const remind = { id: 'remind', kind: 'send', template: 'reminder', purpose: 'service' } as const;
const gift = {
  id: 'gift',
  kind: 'branch',
  cases: [{ when: { fact: 'entry.properties.for', is: 'equals', to: canary }, next: 'pause' }],
  otherwise: 'remind',
} as const;
const pause = { id: 'pause', kind: 'wait', for: 'PT1S', next: 'remind' } as const;
const rest = {
  id: 'pause',
  kind: 'waitFor',
  events: [{ names: ['Link Clicked'], next: 'remind' }],
  timeout: 'PT1H',
} as const;

const exits = [{ events: ['Order Completed'], as: 'converted' }];

/** Keys of a store that can be away for a while. */
function keysThatGoAway() {
  const keys = keysInMemory();
  let refused = 0;
  let isAway = false;
  const unlessAway = (work: (name: string) => Promise<DataKey>) => (name: string) => {
    if (!isAway) return work(name);
    refused += 1;
    return Promise.reject(new DomainError('unavailable', 'The store is away'));
  };
  return {
    find: unlessAway(keys.ensure),
    ensure: unlessAway(keys.ensure),
    refused: () => refused,
    goAway: () => (isAway = true),
    comeBack: () => (isAway = false),
  };
}

const contactKeys = keysThatGoAway();

function codecWith(stored: Pick<DataKeys, 'find' | 'ensure'> = contactKeys) {
  const ring = createKeyRing([{ id: 'k1', bytes: Buffer.alloc(32, 1) }]);
  return createPayloadCodec(keysOfContacts({ ring, stored, maxAgeMs: 500 }));
}

/** A store that fails where an action changes a contact. */
function spoilt(store: Store): Store {
  const change = () => Promise.reject(new TypeError('no change'));
  return { ...store, contacts: { ...store.contacts, change } };
}

describe('with a key ring, Temporal', () => {
  let server: TestWorkflowEnvironment;
  let engine: Engine;

  beforeAll(async () => {
    server = await localServer();
    engine = await startEngine(server, { payloadCodecs: () => [codecWith()], spoil: spoilt });
  });
  afterAll(async () => {
    await engine.close();
    await server.teardown();
  });

  async function enter(name: string, steps: readonly Step[]): Promise<EnrollmentId> {
    await engine.publish(aJourney({ id: name, entry: { events: [name], key: [] }, exits, steps }));
    const contact = { userId: name, email: canary };
    const receipt = await engine.receive({ name, contact, properties: { for: canary } });
    const enrollment = receipt.kind === 'conflict' ? undefined : receipt.enrollments[0]?.id;
    if (!enrollment) throw new Error('nobody entered');
    return enrollment;
  }

  it('sees neither a fact nor a name of a journey', async () => {
    const enrollment = await enter('hidden', [gift, pause, remind]);

    const result = await engine.result(enrollment);

    expect(result).toMatchObject({ as: 'completed' });
    const seen = await engine.historyTextOf(enrollment);
    expect(seen).toContain('binary/encrypted');
    expect(seen).not.toContain(canary);
    expect(await engine.descriptionTextOf(enrollment)).not.toContain(canary);
  });

  it('sees no words of a failure', async () => {
    const input = { addTags: ['a'] };
    const enrollment = await enter('failing', [
      { id: 'tag', kind: 'act', action: 'change-contact', input },
    ]);

    await until(async () =>
      (await engine.descriptionTextOf(enrollment)).includes('Encoded failure'),
    );

    expect(await engine.descriptionTextOf(enrollment)).toContain('binary/encrypted');
    expect(await engine.historyTextOf(enrollment)).not.toContain('no change');
  });

  it('answers a query and carries a signal', async () => {
    const enrollment = await enter('asked', [gift, rest, remind]);
    const { workflows } = engine.dependencies;

    await until(async () => (await workflows.progressOf(enrollment)) !== undefined);

    expect(await workflows.progressOf(enrollment)).toMatchObject({ position: { step: 'pause' } });

    const contact = { userId: 'asked' };
    await engine.receive({ name: 'Order Completed', contact, properties: { for: canary } });

    expect(await engine.result(enrollment)).toMatchObject({ as: 'converted' });
    expect(await engine.historyTextOf(enrollment)).not.toContain(canary);
  });

  it('goes on once keys can be read again, and sends once', async () => {
    const enrollment = await enter('away', [gift, pause, remind]);
    const before = engine.mails.length;
    contactKeys.goAway();
    await until(() => contactKeys.refused() > 2, 30_000);

    contactKeys.comeBack();
    const result = await engine.result(enrollment);

    expect(result).toMatchObject({ as: 'completed' });
    expect(engine.mails.length).toBe(before + 1);
  });

  const replay = async (enrollment: EnrollmentId, stored?: ReturnType<typeof keysInMemory>) => {
    const history = await server.client.workflow.getHandle(enrollment).fetchHistory();
    const workflowBundle = { codePath: workflowBundlePath() };
    const dataConverter = { payloadCodecs: [codecWith(stored)] };
    await Worker.runReplayHistory({ workflowBundle, dataConverter }, history);
  };

  it('gives a history that runs again', async () => {
    const enrollment = await enter('again', [gift, pause, remind]);
    await engine.result(enrollment);

    await expect(replay(enrollment)).resolves.toBeUndefined();
  });

  it('gives a history that nobody reads without the key of its contact', async () => {
    const enrollment = await enter('locked', [gift, pause, remind]);
    await engine.result(enrollment);

    await expect(replay(enrollment, keysInMemory())).rejects.toThrow(Error);
  });
});
