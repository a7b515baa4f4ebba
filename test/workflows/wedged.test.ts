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
});
afterAll(async () => {
  await engine.close();
  await server.teardown();
});

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

describe('attack 7: a workflow that cannot run', () => {
  it('is terminated by an erasure, and its history deleted', async () => {
    const { contact, enrollment } = await wedged('leaves');

    await engine.intake.ask(engine.workspace.id, 'erase', { contact });
    await engine.intake.drain();
    const clock = { ...engine.dependencies.clock, realNow: () => Date.now() + 60_000 };
    await redriveOnce({ ...engine.dependencies, clock });

    await until(() => isGone(enrollment), 30_000);
    expect(await isGone(enrollment)).toBe(true);
  });
});

async function isGone(enrollment: EnrollmentId): Promise<boolean> {
  return engine.historyOf(enrollment).then(
    () => false,
    () => true,
  );
}
