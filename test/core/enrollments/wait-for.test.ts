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
