import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createIntake } from '../../src/intake/create-intake';
import { redriveOnce } from '../../src/intake/settle/redrive';
import { contactId } from '../../src/core/ids';
import { cart, cartJourney } from '../support/cart';
import { startEngine, type Engine } from '../support/engine';
import { deletingSoon, localServer } from '../support/processes/temporal';
import { until } from '../support/processes/until';

let server: TestWorkflowEnvironment;
let engine: Engine;

beforeAll(async () => {
  server = await localServer(deletingSoon);
  engine = await startEngine(server);
  await engine.publish(cartJourney);
});
afterAll(async () => {
  await engine.close();
  await server.teardown();
});

async function entered(contact: Readonly<{ userId?: string; anonymousId?: string }>) {
  const receipt = await engine.receive({ ...cart, contact });
  if (receipt.kind === 'conflict') throw new Error('an event without an id is in no conflict');
  const [enrollment] = receipt.enrollments;
  if (!enrollment) throw new Error('nobody entered');
  return { contact: receipt.contact, enrollment: enrollment.id };
}

describe('the workflow of a contact', () => {
  it('ends as merged where its cart is open for the survivor as well', async () => {
    const older = await entered({ anonymousId: 'a1' });
    const younger = await entered({ userId: 'ada' });

    await engine.intake.ask(engine.workspace.id, 'merge', {
      pair: [older.contact, younger.contact],
    });
    await engine.intake.drain();

    expect(await engine.result(younger.enrollment)).toEqual({ as: 'merged', because: 'merged' });
    expect(
      await engine.store.enrollments.find(engine.workspace.id, older.enrollment),
    ).not.toHaveProperty('ended');
  });

  it('ends as erased, and its history is deleted', async () => {
    const { contact, enrollment } = await entered({ userId: 'bea' });
    // So that the history outlives the look at its result, however quickly the workflow ends.
    const remove = () => Promise.resolve('running' as const);
    const workflows = { ...engine.dependencies.workflows, remove };
    const intake = createIntake({ ...engine.dependencies, workflows });

    await intake.ask(engine.workspace.id, 'erase', { contact: contactId(contact) });
    await intake.drain();
    const result = await engine.result(enrollment);
    const later = {
      ...engine.dependencies,
      clock: { ...engine.dependencies.clock, realNow: () => Date.now() + 60_000 },
    };
    await redriveOnce(later);

    expect(result).toEqual({ as: 'erased', because: 'erased' });
    const isGone = () =>
      engine.historyOf(enrollment).then(
        () => false,
        () => true,
      );
    await until(isGone, 30_000);
  });
});
