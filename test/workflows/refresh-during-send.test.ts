import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { ProviderTrouble, type Slot } from '../../src/channels/channel';
import type { OutgoingEmail } from '../../src/channels/email/outgoing-email';
import type { EnrollmentId } from '../../src/core/ids';
import { startEngine, type Engine } from '../support/engine';
import { aJourney } from '../support/core/builders';
import { timeSkippingServer } from '../support/processes/temporal';

const contact = { userId: 'ada', email: 'ada@shop.test' };
const remind = { id: 'remind', kind: 'send', template: 'reminder', purpose: 'service' } as const;
const away = new ProviderTrouble('the mail server is away', { kind: 'deferred', status: '4.3.0' });

describe('a message whose provider is away', () => {
  let server: TestWorkflowEnvironment;
  let engine: Engine;
  let deliver: Slot<OutgoingEmail>['deliver'];

  beforeAll(async () => {
    server = await timeSkippingServer();
    engine = await startEngine(server, { deliver: (message, key) => deliver(message, key) });
  });
  afterAll(async () => {
    await engine.close();
    await server.teardown();
  });

  async function updateCart(name: string, total: number): Promise<EnrollmentId> {
    const receipt = await engine.receive({ name, contact, properties: { total } });
    const enrollment = receipt.kind === 'conflict' ? undefined : receipt.enrollments[0];
    if (!enrollment) throw new Error('nobody entered');
    return enrollment.id;
  }

  const rowOf = (id: EnrollmentId) => engine.store.enrollments.find(engine.workspace.id, id);

  it('fault 9: is followed by what the newest entry says, also where it was the end before', async () => {
    const isLarge = { fact: 'entry.properties.total', is: 'greater', to: 100 } as const;
    await engine.publish(
      aJourney({
        id: 'large-carts',
        entry: { events: ['Cart Kept'], repeat: 'refresh' },
        steps: [
          remind,
          {
            id: 'size',
            kind: 'branch',
            cases: [{ when: isLarge, next: 'call' }],
            otherwise: 'end',
          },
          { ...remind, id: 'call', template: 'call', next: 'end' },
          { id: 'end', kind: 'exit' },
        ],
      }),
    );
    let tries = 0;
    deliver = async () => {
      tries += 1;
      if (tries > 1) return { kind: 'accepted', providerId: 'p1' };
      await updateCart('Cart Kept', 150);
      throw away;
    };

    const enrollment = await updateCart('Cart Kept', 50);
    const result = await engine.result(enrollment);

    expect(result).toEqual({ as: 'completed', because: 'exit-step' });
    expect(engine.mails.map(({ subject }) => subject)).toEqual(['reminder', 'call']);
    expect(await rowOf(enrollment)).toMatchObject({ ended: { because: 'exit-step' } });
  });

  it('fault 12: is not sent once its enrollment has reached its greatest age', async () => {
    await engine.publish(
      aJourney({
        id: 'short',
        entry: { events: ['Cart Dropped'] },
        steps: [remind],
        settings: { until: 'PT10S' },
      }),
    );
    deliver = () => Promise.reject(away);

    const enrollment = await updateCart('Cart Dropped', 50);
    const result = await engine.result(enrollment);
    const [message] = await engine.store.messages.ofEnrollment(engine.workspace.id, enrollment);

    expect(result).toEqual({ as: 'expired', because: 'expired' });
    expect(message).toMatchObject({ status: 'skipped', because: 'expired' });
    expect(await rowOf(enrollment)).toMatchObject({ ended: { as: 'expired' } });
  });
});
