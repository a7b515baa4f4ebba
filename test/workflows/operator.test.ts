import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { EnrollmentId } from '../../src/core/ids';
import { startEngine, type Engine } from '../support/engine';
import { aJourney } from '../support/core/builders';
import { localServer } from '../support/processes/temporal';
import { until } from '../support/processes/until';

const listening = aJourney({
  entry: { events: ['Signed Up'] },
  steps: [
    { id: 'pause', kind: 'wait', for: 'PT100H' },
    {
      id: 'listen',
      kind: 'waitFor',
      events: [{ names: ['Link Clicked'], next: 'stop' }],
      timeout: 'PT100H',
      onTimeout: 'remind',
    },
    { id: 'remind', kind: 'send', template: 'reminder', purpose: 'service' },
    { id: 'stop', kind: 'exit', as: 'done' },
  ],
});
let server: TestWorkflowEnvironment;
let engine: Engine;

beforeAll(async () => {
  server = await localServer();
  engine = await startEngine(server);
  await engine.publish(listening);
});
afterAll(async () => {
  await engine.close();
  await server.teardown();
});

async function enter(userId: string): Promise<EnrollmentId> {
  const contact = { userId, email: 'ada@shop.test' };
  const receipt = await engine.receive({ name: 'Signed Up', contact, properties: {} });
  const entered = receipt.kind === 'conflict' ? undefined : receipt.enrollments[0];
  if (!entered) throw new Error('nobody entered');
  return entered.id;
}

async function stepOf(enrollment: EnrollmentId): Promise<string | undefined> {
  const progress = await engine.dependencies.workflows.progressOf(enrollment);
  return progress && progress.position.kind !== 'ended' ? progress.position.step : undefined;
}

const request = (enrollment: EnrollmentId, requestId: string) =>
  ({ enrollment, requestId, by: 'support desk', reason: 'She asked for it' }) as const;
const kindsOf = async (enrollment: EnrollmentId) => {
  const decisions = await engine.store.decisions.ofEnrollment(engine.workspace.id, enrollment);
  return decisions
    .map((line) => ('step' in line ? `${line.kind} ${line.step}` : line.kind))
    .toSorted();
};

describe('a waiting journey', () => {
  it('is ended by an operator, and nothing is sent', async () => {
    const enrollment = await enter('ada');

    await engine.intake.ask(engine.workspace.id, 'exit', request(enrollment, 'r1'));
    await engine.intake.drain();

    expect(await engine.result(enrollment)).toEqual({ as: 'stopped', because: 'operator' });
    expect(await engine.historyOf(enrollment)).toHaveLength(6);
    expect(engine.mails).toEqual([]);
  });

  it('is moved on by each wait that an operator skips, to its message', async () => {
    const enrollment = await enter('bea');

    await engine.intake.ask(engine.workspace.id, 'skip-wait', request(enrollment, 'r1'));
    await until(async () => (await stepOf(enrollment)) === 'listen');
    await engine.intake.ask(engine.workspace.id, 'skip-wait', request(enrollment, 'r1'));
    await engine.intake.drain();
    const afterRepeat = await stepOf(enrollment);
    await engine.intake.ask(engine.workspace.id, 'skip-wait', request(enrollment, 'r2'));
    const result = await engine.result(enrollment);
    await engine.intake.drain();

    expect(afterRepeat).toBe('listen');
    expect(result).toEqual({ as: 'done', because: 'exit-step' });
    expect(engine.mails).toHaveLength(1);
    expect(await kindsOf(enrollment)).toEqual([
      'ended',
      'entered',
      'intervened',
      'intervened',
      'sent remind',
      'skipped-wait listen',
      'skipped-wait pause',
    ]);
  });
});
