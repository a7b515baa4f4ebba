import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { ProviderTrouble } from '../../src/channels/channel';
import type { EnrollmentId } from '../../src/core/ids';
import type { Step } from '../../src/core/journeys/steps/kinds';
import type { Store } from '../../src/store/store';
import { aJourney } from '../support/core/builders';
import { startEngine, type Engine } from '../support/engine';
import { localServer } from '../support/processes/temporal';
import { until } from '../support/processes/until';

const canary = 'canary@shop.test';
const pause = { id: 'pause', kind: 'wait', for: 'PT5S' } as const;
const remind = { id: 'remind', kind: 'send', template: 'reminder', purpose: 'service' } as const;
const tag = {
  id: 'tag',
  kind: 'act',
  action: 'change-contact',
  input: { addTags: ['a'] },
} as const;
const fork = {
  id: 'fork',
  kind: 'branch',
  cases: [{ when: { fact: 'contact.email', is: 'exists' }, next: 'remind' }],
  otherwise: 'remind',
} as const;

function telling(): Error {
  const cause = new Error(`450 4.2.0 <${canary}> is greylisted`);
  const error = new TypeError(`Trouble with ${canary}\n    at ${canary} (reply:1:1)`, { cause });
  return Object.assign(error, { response: canary, recipient: canary });
}

/** A store whose verbs fail once an activity runs with them, in the words of its data. */
function spoilt(store: Store): Store {
  const fail = () => Promise.reject(telling());
  return {
    ...store,
    contacts: { ...store.contacts, findById: fail, change: fail },
    decisions: { ...store.decisions, record: fail },
    causally: (work) => store.causally((verbs) => work({ ...verbs })),
  };
}

describe('fault 6: a failure tells Temporal nothing but classes and codes', () => {
  let server: TestWorkflowEnvironment;
  let engine: Engine;

  beforeAll(async () => {
    server = await localServer();
    engine = await startEngine(server, {
      deliver: () => {
        const { message } = telling();
        throw new ProviderTrouble(message, { kind: 'deferred', cause: telling() });
      },
      spoil: spoilt,
    });
  });
  afterAll(async () => {
    await engine.close();
    await server.teardown();
  });

  async function enter(name: string, steps: readonly Step[]): Promise<EnrollmentId> {
    await engine.publish(aJourney({ id: name, entry: { events: [name], key: [] }, steps }));
    const contact = { userId: name, email: canary };
    const receipt = await engine.receive({ name, contact, properties: {} });
    const enrollment = receipt.kind === 'conflict' ? undefined : receipt.enrollments[0]?.id;
    if (!enrollment) throw new Error('nobody entered');
    return enrollment;
  }

  it.each([
    ['send', 'PutOff DEFERRED', [remind]],
    ['act', 'TypeError < Error', [tag]],
  ])('of an activity: %s', async (name, kinds, steps) => {
    const enrollment = await enter(name, steps);

    await until(async () => (await engine.descriptionTextOf(enrollment)).includes(kinds));

    expect(await engine.descriptionTextOf(enrollment)).not.toContain(canary);
    expect(await engine.historyTextOf(enrollment)).not.toContain(canary);
  });

  it.each([
    ['resolve', [{ ...pause, for: 'P1D' }, remind]],
    ['decide', [fork, remind]],
    ['close', [{ id: 'end', kind: 'exit', as: 'done' } as const]],
  ])('of a local activity: %s', async (name, steps) => {
    const enrollment = await enter(name, steps);

    await until(async () => (await engine.historyTextOf(enrollment)).includes('Error'));

    const history = await engine.historyTextOf(enrollment);
    expect(history).not.toContain(canary);
    expect(history).toContain('TypeError < Error');
  });
});
