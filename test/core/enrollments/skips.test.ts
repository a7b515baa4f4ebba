import { stepId } from '../../../src/core/ids';
import { aJourney, anEvent } from '../../support/core/builders';
import { enrolled, type Enrolled } from '../../support/core/enrolled';
import { skipAt } from '../../support/core/play';

const hour = 3_600_000;
const noon = Date.UTC(2026, 0, 15, 12);

const remind = { id: 'remind', kind: 'send', template: 'reminder', purpose: 'service' } as const;
const journey = aJourney({
  steps: [
    { id: 'pause', kind: 'wait', for: 'PT4H' },
    {
      id: 'listen',
      kind: 'waitFor',
      events: [{ names: ['Link Clicked'], next: 'stop' }],
      timeout: 'PT4H',
      onTimeout: 'remind',
    },
    { ...remind, next: 'pause' },
    { id: 'stop', kind: 'exit', as: 'done' },
  ],
});
const entry = anEvent({ occurredAt: noon });
const pausing = enrolled(journey, entry);
const asked = (hours: number, id = `skip-${hours}`) =>
  anEvent({ id, name: 'Wait Skipped', occurredAt: noon + hours * hour });
const skipped = (state: Enrolled, hours: number) =>
  state.hears(asked(hours), skipAt(state.progress));

describe('a skipped wait', () => {
  it('is left at once, and the next step counts from there', () => {
    const { instruction } = skipped(pausing, 1);

    expect(instruction).toMatchObject({ kind: 'wait', step: 'listen', until: noon + 5 * hour });
  });

  it('for an event is left by its time-out', () => {
    const { instruction } = skipped(skipped(pausing, 1), 2);

    expect(instruction).toMatchObject({ kind: 'send', step: 'remind' });
  });

  it('is noted with the event that asked for it', () => {
    const { progress } = skipped(pausing, 1);

    expect(progress.notes).toMatchObject([
      {
        at: noon + hour,
        kind: 'skipped-wait',
        step: 'pause',
        because: 'operator',
        event: 'key-of-skip-1',
      },
    ]);
  });

  it('is left before its calendar duration is resolved', () => {
    const steps = [{ id: 'pause', kind: 'wait', for: 'P1D' } as const, remind];

    const { instruction } = skipped(enrolled(aJourney({ steps }), entry), 1);

    expect(instruction).toMatchObject({ kind: 'send', step: 'remind' });
  });

  it('is left no later than its time would have ended it', () => {
    const { progress } = skipped(pausing, 6);

    expect(progress.position).toMatchObject({ step: 'listen', since: noon + 4 * hour });
  });

  it('is left no earlier than it began', () => {
    const { progress } = skipped(pausing, -1);

    expect(progress.position).toMatchObject({ step: 'listen', since: noon });
  });

  it('ends an enrollment that has reached its greatest age', () => {
    const aged = enrolled({ ...journey, settings: { until: 'PT2H' } }, entry);

    const { instruction } = skipped(aged, 3);

    expect(instruction).toMatchObject({ kind: 'finish', as: 'expired' });
  });
});

describe('a skip that comes', () => {
  const skip = skipAt(pausing.progress);
  const listening = skipped(pausing, 1);
  const sending = skipped(listening, 2);
  const ended = listening.hears(anEvent({ name: 'Link Clicked', occurredAt: noon + 2 * hour }));

  it.each([
    ['again', listening, skip],
    ['at another step', pausing, skipAt(listening.progress)],
    ['at another visit of the same step', sending.sent(noon + 3 * hour), skip],
    ['during a send', sending, skipAt(sending.progress)],
    ['for a step that there is not', pausing, { ...skip, step: stepId('nowhere') }],
    ['after the end', ended, skip],
  ])('%s changes nothing', (_when, state, effect) => {
    const { progress } = state.hears(asked(3, 'late'), effect);

    expect(progress).toEqual(state.progress);
  });
});
