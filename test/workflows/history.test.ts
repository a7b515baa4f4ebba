import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { EnrollmentId } from '../../src/core/ids';
import { startEngine, type Engine } from '../support/engine';
import { aJourney } from '../support/core/builders';
import { timeSkippingServer } from '../support/processes/temporal';

const contactOf = (name: string) => ({ userId: name, email: 'ada@shop.test' });
const remind = { id: 'remind', kind: 'send', template: 'reminder', purpose: 'service' } as const;
const pause = { id: 'pause', kind: 'wait', for: 'PT1H' } as const;

describe('the history of an enrollment', () => {
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

  async function enter(name: string): Promise<EnrollmentId> {
    const receipt = await engine.receive({ name, contact: contactOf(name), properties: {} });
    const enrollment = receipt.kind === 'conflict' ? undefined : receipt.enrollments[0];
    if (!enrollment) throw new Error('nobody entered');
    return enrollment.id;
  }

  const exits = [{ events: ['Order Completed'], as: 'converted' }];
  const branch = (fact: string) =>
    ({
      id: 'fork',
      kind: 'branch',
      cases: [{ when: { fact, is: 'exists' }, next: 'remind' }],
      otherwise: 'remind',
    }) as const;

  it.each([
    ['a wait and a send', 11, [pause, remind]],
    [
      'a wait, a branch on the entry and a send',
      11,
      [pause, branch('entry.properties.total'), remind],
    ],
    ['a wait, a branch on the contact and a send', 12, [pause, branch('contact.email'), remind]],
    ['a calendar wait and a send', 17, [{ ...pause, for: 'P1D' }, remind]],
    [
      'three sends with two waits between them',
      33,
      [
        remind,
        pause,
        { ...remind, id: 'second' },
        { ...pause, id: 'rest' },
        { ...remind, id: 'third' },
      ],
    ],
  ])('over %s has %i events', async (title, events, steps) => {
    const name = `Signed Up for ${title}`;
    await engine.publish(
      aJourney({ id: `steps-${steps.length}-${events}`, entry: { events: [name] }, steps }),
    );

    const id = await enter(name);
    const result = await engine.result(id);

    expect(result).toEqual({ as: 'completed', because: 'completed' });
    expect(await engine.historyOf(id)).toHaveLength(events);
  });

  it('over a wait and a purchase has 6 events, and no message is sent', async () => {
    await engine.publish(
      aJourney({ id: 'bought', entry: { events: ['Cart Left'] }, exits, steps: [pause, remind] }),
    );
    const id = await enter('Cart Left');
    const before = engine.mails.length;

    await engine.receive({
      name: 'Order Completed',
      contact: contactOf('Cart Left'),
      properties: {},
    });
    const result = await engine.result(id);

    expect(result).toEqual({ as: 'converted', because: 'exit-event' });
    expect(await engine.historyOf(id)).toHaveLength(6);
    expect(engine.mails).toHaveLength(before);
  });

  it('over a reminder and a purchase has 17 events', async () => {
    const steps = [
      pause,
      remind,
      { ...pause, id: 'rest', for: 'PT100H' },
      { ...remind, id: 'second' },
    ];
    await engine.publish(
      aJourney({ id: 'reminded', entry: { events: ['Cart Kept'] }, exits, steps }),
    );
    const id = await enter('Cart Kept');

    await server.sleep('2 hours');
    await engine.receive({
      name: 'Order Completed',
      contact: contactOf('Cart Kept'),
      properties: {},
    });
    const result = await engine.result(id);

    expect(result).toEqual({ as: 'converted', because: 'exit-event' });
    expect(await engine.historyOf(id)).toHaveLength(17);
  });

  it('holds no address', async () => {
    await engine.publish(
      aJourney({
        id: 'private',
        entry: { events: ['Looked'] },
        steps: [branch('contact.email'), remind],
      }),
    );

    const id = await enter('Looked');
    await engine.result(id);

    expect(await engine.historyTextOf(id)).not.toContain('shop.test');
  });
});

describe('events nobody listens for', () => {
  it('cost Temporal nothing', async () => {
    const server = await timeSkippingServer();
    const engine = await startEngine(server);
    await engine.publish(aJourney({ entry: { events: ['Signed Up'] }, steps: [pause, remind] }));

    const viewed = Array.from({ length: 1_000 }, (_, n) => ({
      id: `view-${n}`,
      name: 'Product Viewed',
      contact: contactOf('Ada'),
      properties: {},
    }));
    await Promise.all(viewed.map((event) => engine.intake.accept(engine.workspace, event)));
    await engine.intake.drain();
    const requests = engine.temporalRequests();
    await engine.close();
    await server.teardown();

    expect(requests).toBe(0);
  });
});
