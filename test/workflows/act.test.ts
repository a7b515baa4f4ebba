import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { aJourney } from '../support/core/builders';
import { startEngine, type Engine } from '../support/engine';
import { timeSkippingServer } from '../support/processes/temporal';

describe('a journey that acts', () => {
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

  it('changes the contact after a wait and goes on to the next step', async () => {
    const name = 'acting';
    await engine.publish(
      aJourney({
        id: name,
        entry: { events: [name], key: [] },
        steps: [
          { id: 'pause', kind: 'wait', for: 'PT1H' },
          { id: 'tag', kind: 'act', action: 'change-contact', input: { addTags: ['warm'] } },
          { id: 'done', kind: 'exit', as: 'nurtured' },
        ],
      }),
    );
    const receipt = await engine.receive({ name, contact: { userId: name }, properties: {} });
    const enrollment = receipt.kind === 'conflict' ? undefined : receipt.enrollments[0]?.id;
    if (!enrollment) throw new Error('nobody entered');

    const result = await engine.result(enrollment);

    const contact = await engine.store.contacts.find(engine.workspace.id, { userId: name });
    expect(result).toEqual({ as: 'nurtured', because: 'exit-step' });
    expect(contact?.tags).toEqual(['warm']);
  });
});
