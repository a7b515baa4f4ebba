import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { realTime } from '../../src/core/time/clock';
import { compile } from '../../src/core/journeys/compile';
import { anEnrollment } from '../store/builders';
import { startEngine, type Engine } from '../support/engine';
import { aJourney } from '../support/core/builders';
import { timeSkippingServer } from '../support/processes/temporal';
import { until } from '../support/processes/until';

describe('trouble that outlasts the retries of a local activity', () => {
  let server: TestWorkflowEnvironment;
  let engine: Engine;

  beforeAll(async () => {
    server = await timeSkippingServer();
    engine = await startEngine(server);
  });
  afterAll(async () => {
    await engine.close();
    await server.teardown();
  });

  it('delays the journey by a durable pause, and does not end it', async () => {
    const journey = aJourney({ steps: [{ id: 'pause', kind: 'wait', for: 'P1D' }] });
    const { store, workspace, dependencies } = engine;
    const standing = anEnrollment(1, { workspace: workspace.id });
    const { id: enrollment, contact, snapshot: entry, firstEntryAt, openedAt } = standing;
    await engine.publish(journey);

    await dependencies.workflows.start({
      workspace: workspace.id,
      enrollment,
      contact,
      journey: compile(journey, 1),
      opening: { entry, firstEntryAt, openedAt },
      clock: realTime,
    });
    await until(async () => (await engine.historyOf(enrollment)).length > 5);
    await store.enrollments.open(standing, { nextAt: 0 });

    expect(await engine.result(enrollment)).toEqual({ as: 'completed', because: 'completed' });
  });
});
