import { aJourney, anEvent } from '../../support/core/builders';
import { enrolled } from '../../support/core/enrolled';

const minute = 60_000;
const noon = Date.UTC(2026, 0, 15, 12);

const journey = aJourney({
  steps: [
    { id: 'ask', kind: 'send', template: 'review', purpose: 'marketing' },
    {
      id: 'listen',
      kind: 'waitFor',
      events: [
        {
          names: ['Review Submitted'],
          when: { fact: 'event.properties.stars', is: 'greater', to: 3 },
          next: 'thank',
        },
        { names: ['Link Clicked'], next: 'stop' },
      ],
      timeout: 'PT1H',
      onTimeout: 'remind',
    },
    { id: 'remind', kind: 'send', template: 'again', purpose: 'marketing', next: 'stop' },
    { id: 'thank', kind: 'send', template: 'thanks', purpose: 'service', next: 'stop' },
    { id: 'stop', kind: 'exit', as: 'done' },
  ],
});
const review = (at: number, stars = 5) =>
  anEvent({ id: `review-${at}`, name: 'Review Submitted', occurredAt: at, properties: { stars } });

const asking = enrolled(journey, anEvent({ occurredAt: noon }));
const listening = asking.sent(noon + minute);

describe('a wait for events', () => {
  it('goes where the case of the first matching event leads', () => {
    const { instruction } = listening.hears(review(noon + 2 * minute));

    expect(instruction).toMatchObject({ kind: 'send', step: 'thank' });
  });

  it('tries its cases in order and passes over one whose condition fails', () => {
    const { instruction } = listening.hears(review(noon + 2 * minute, 1));

    expect(instruction).toMatchObject({ kind: 'wait', step: 'listen' });
  });

  it('times out at its deadline', () => {
    const { instruction } = listening.wakes(noon + 61 * minute);

    expect(instruction).toMatchObject({ kind: 'send', step: 'remind' });
  });

  it('lets the event win a tie with the deadline', () => {
    const { instruction } = listening.hears(review(noon + 61 * minute));

    expect(instruction).toMatchObject({ kind: 'send', step: 'thank' });
  });

  it('does not count an event that happened after the deadline', () => {
    const { instruction } = listening.hears(review(noon + 62 * minute));

    expect(instruction).toMatchObject({ kind: 'wait', step: 'listen' });
  });

  it('hears an event that overtook the end of the step before', () => {
    const { instruction } = asking.hears(review(noon + 30_000)).sent(noon + minute);

    expect(instruction).toMatchObject({ kind: 'send', step: 'thank' });
  });

  it('does not hear an event from before the step before', () => {
    const { instruction } = listening.hears(review(noon - 1));

    expect(instruction).toMatchObject({ kind: 'wait', step: 'listen' });
  });

  it('says what it heard', () => {
    const { instruction } = listening.hears(review(noon + 2 * minute));

    expect(instruction).toMatchObject({
      notes: [{ kind: 'heard', step: 'listen', because: 'Review Submitted' }],
    });
  });
});

describe('fault 15: a wait for the event of the entry', () => {
  const asking = enrolled(
    aJourney({
      entry: { events: ['Cart Updated'], repeat: 'refresh' },
      steps: [
        { id: 'ask', kind: 'send', template: 'review', purpose: 'marketing' },
        {
          id: 'listen',
          kind: 'waitFor',
          events: [
            {
              names: ['Cart Updated'],
              when: {
                fact: 'event.properties.total',
                is: 'greater',
                to: { fact: 'entry.properties.total' },
              },
              next: 'thank',
            },
          ],
          timeout: 'PT1H',
          onTimeout: 'stop',
        },
        { id: 'thank', kind: 'send', template: 'thanks', purpose: 'service' },
        { id: 'stop', kind: 'exit', as: 'done' },
      ],
    }),
    anEvent({ occurredAt: noon, properties: { total: 10 } }),
  );
  const update = (total: number) =>
    anEvent({ id: `update-${total}`, occurredAt: noon + 2 * minute, properties: { total } });

  it('hears it, compares it with the entry before it, and goes on with the new one', () => {
    const { instruction, progress } = asking
      .sent(noon + minute)
      .hears(update(20), { kind: 'refreshed' });

    expect(instruction).toMatchObject({ kind: 'send', step: 'thank' });
    expect(progress.entry).toMatchObject({ properties: { total: 20 } });
  });

  it('does not hear one that its condition leaves out, though it refreshes', () => {
    const { instruction, progress } = asking
      .sent(noon + minute)
      .hears(update(5), { kind: 'refreshed' });

    expect(instruction).toMatchObject({ kind: 'wait', step: 'listen' });
    expect(progress.entry).toMatchObject({ properties: { total: 5 } });
  });
});

describe('fault 15: events for a later wait', () => {
  const many = Array.from({ length: 60 }, (_, n) => n);
  const told = (state: typeof asking, events: readonly ReturnType<typeof anEvent>[]) =>
    events.reduce((standing, event) => standing.hears(event), state);
  const weak = many.map((n) => ({ ...review(noon + 1_000 + n, 1) }));

  it('are kept only where it could hear them, so that the awaited one stays', () => {
    const { instruction } = told(asking, [review(noon + 500), ...weak]).sent(noon + minute);

    expect(instruction).toMatchObject({ kind: 'send', step: 'thank' });
  });

  it('are kept up to 50, the first ones, and the first let go is a decision', () => {
    const { progress } = told(
      asking,
      many.map((n) => review(noon + 500 + n)),
    );

    expect(progress.heard).toHaveLength(50);
    expect(progress.heard[0]?.id).toBe(`key-of-review-${noon + 500}`);
    expect(progress.notes).toEqual([
      {
        seq: 1,
        kind: 'let-go',
        step: 'listen',
        because: 'too-many-events',
        at: noon + 550,
        event: `key-of-review-${noon + 550}`,
      },
    ]);
  });

  it('are not kept where no way leads to their wait', () => {
    const over = told(listening.wakes(noon + 61 * minute), [review(noon + 62 * minute)]);

    expect(over.progress.heard).toEqual([]);
  });
});
