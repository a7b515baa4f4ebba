import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { compile } from '../../src/core/journeys/compile';
import type { CompiledJourney } from '../../src/core/journeys/compiled-journey';
import type { EnrollmentId } from '../../src/core/ids';
import { redriveOnce } from '../../src/intake/settle/redrive';
import { startEngine, type Engine } from '../support/engine';
import { aJourney } from '../support/core/builders';
import { deletingSoon, localServer } from '../support/processes/temporal';
import { until } from '../support/processes/until';

const source = aJourney({
  entry: { events: ['Signed Up'], repeat: 'ignore' },
  exits: [{ events: ['Order Completed'], as: 'converted' }],
  steps: [
    { id: 'pause', kind: 'wait', for: 'PT0.1S' },
    { id: 'rest', kind: 'wait', for: 'PT100H' },
  ],
});
let server: TestWorkflowEnvironment;
let engine: Engine;
let people: Readonly<Record<'leaves' | 'stopped' | 'bought', Wedged>>;

/** Its wait leads to a step that it does not have. */
function wedging(version: number): CompiledJourney {
  const text = JSON.stringify(compile(source, version));
  return JSON.parse(text.replace('"next":"rest"', '"next":"nowhere"')) as CompiledJourney;
}

beforeAll(async () => {
  server = await localServer(deletingSoon);
  engine = await startEngine(server);
  const { store, workspace, intake } = engine;
  const publication = { source, compile: wedging, at: 0, contentHash: 'wedging' };
  await store.journeys.publish(workspace.id, publication);
  intake.journeysChanged(workspace.id);
  const [leaves, stopped, bought] = await Promise.all([
    wedged('leaves'),
    wedged('stopped'),
    wedged('bought'),
  ]);
  people = { leaves, stopped, bought };
});
afterAll(async () => {
  await engine.close();
  await server.teardown();
});

type Wedged = Awaited<ReturnType<typeof wedged>>;

/** Answers once the task of the workflow has failed a few times. */
async function wedged(userId: string) {
  const receipt = await engine.receive({ name: 'Signed Up', contact: { userId }, properties: {} });
  if (receipt.kind === 'conflict') throw new Error('an event without an id is in no conflict');
  const [entered] = receipt.enrollments;
  if (!entered) throw new Error('nobody entered');
  await until(async () => (await attemptOf(entered.id)) >= 4, 30_000);
  return { contact: receipt.contact, enrollment: entered.id };
}

async function attemptOf(enrollment: EnrollmentId): Promise<number> {
  const { raw } = await server.client.workflow.getHandle(enrollment).describe();
  return raw.pendingWorkflowTask?.attempt ?? 0;
}

async function statusOf(enrollment: EnrollmentId): Promise<string> {
  return (await server.client.workflow.getHandle(enrollment).describe()).status.name;
}

describe('attack 7: a workflow that cannot run', () => {
  it('is terminated by an erasure, and its history deleted', async () => {
    const { contact, enrollment } = people.leaves;

    await engine.intake.ask(engine.workspace.id, 'erase', { contact });
    await engine.intake.drain();
    const clock = { ...engine.dependencies.clock, realNow: () => Date.now() + 60_000 };
    await redriveOnce({ ...engine.dependencies, clock });

    await until(() => isGone(enrollment), 30_000);
    expect(await isGone(enrollment)).toBe(true);
  });

  it('is terminated by the exit of an operator', async () => {
    const { enrollment } = people.stopped;
    const request = { enrollment, by: 'support desk', reason: 'it stands' };

    await engine.intake.ask(engine.workspace.id, 'exit', request);
    await engine.intake.drain();
    const clock = { ...engine.dependencies.clock, realNow: () => Date.now() + 60_000 };
    await redriveOnce({ ...engine.dependencies, clock });

    expect(await statusOf(enrollment)).toBe('TERMINATED');
    expect(await engine.store.enrollments.find(engine.workspace.id, enrollment)).toMatchObject({
      ended: { as: 'stopped', because: 'operator' },
    });
  });

  it('is told of an exit by an event in one call, which waits for it', async () => {
    const { enrollment } = people.bought;
    const contact = { userId: 'bought' };
    const before = engine.temporalRequests();

    await engine.receive({ name: 'Order Completed', contact, properties: {} });

    expect(engine.temporalRequests() - before).toBe(1);
    expect(await statusOf(enrollment)).toBe('RUNNING');
    expect(await engine.store.enrollments.find(engine.workspace.id, enrollment)).toMatchObject({
      ended: { as: 'converted' },
    });
  });
});

async function isGone(enrollment: EnrollmentId): Promise<boolean> {
  return engine.historyOf(enrollment).then(
    () => false,
    () => true,
  );
}
