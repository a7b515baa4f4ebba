import type { Journey } from '../../../src/core/journeys/journey';
import { aJourney, anEvent } from '../../support/core/builders';
import { enrolled } from '../../support/core/enrolled';

const hour = 3_600_000;
const noon = Date.UTC(2026, 0, 15, 12);
const refreshed = { kind: 'refreshed' } as const;

const remind = { id: 'remind', kind: 'send', template: 'reminder', purpose: 'service' } as const;

function waiting(wait: Partial<Extract<Journey['steps'][number], { kind: 'wait' }>> = {}) {
  return aJourney({ steps: [{ id: 'pause', kind: 'wait', for: 'PT1H', ...wait }, remind] });
}

describe('a wait', () => {
  it('counts from the event time of the entry, not from its arrival', () => {
    const late = anEvent({ occurredAt: noon, receivedAt: noon + 0.5 * hour });

    const { instruction } = enrolled(waiting(), late);

    expect(instruction).toMatchObject({ kind: 'wait', step: 'pause', until: noon + hour });
  });

  it('counts from the end of the step before it', () => {
    const afterSend = aJourney({
      steps: [remind, { id: 'pause', kind: 'wait', for: 'PT1H' }, { ...remind, id: 'again' }],
    });

    const { instruction } = enrolled(afterSend, anEvent({ occurredAt: noon })).sent(
      noon + 5 * hour,
    );

    expect(instruction).toMatchObject({ kind: 'wait', until: noon + 6 * hour });
  });

  it('goes on to the next step when its deadline is reached', () => {
    const journey = enrolled(waiting(), anEvent({ occurredAt: noon }));

    const { instruction } = journey.wakes(noon + hour);

    expect(instruction).toMatchObject({ kind: 'send', step: 'remind', visit: 1 });
  });

  it('stays where it is when its timer fires too early', () => {
    const journey = enrolled(waiting(), anEvent({ occurredAt: noon }));

    const { instruction } = journey.wakes(noon + hour - 1);

    expect(instruction).toMatchObject({ kind: 'wait', until: noon + hour });
  });

  it('starts again from a refresh, without a new instruction before its timer fires', () => {
    const journey = enrolled(waiting({ restartOn: 'refresh' }), anEvent({ occurredAt: noon }));

    const { instruction } = journey.hears(
      anEvent({ id: 'e2', occurredAt: noon + 0.5 * hour }),
      refreshed,
    );

    expect(instruction).toMatchObject({
      kind: 'wait',
      step: 'pause',
      visit: 1,
      until: noon + 1.5 * hour,
    });
  });

  it('is not started again by a refresh it does not ask for', () => {
    const journey = enrolled(waiting(), anEvent({ occurredAt: noon }));

    const { instruction } = journey.hears(
      anEvent({ id: 'e2', occurredAt: noon + 0.5 * hour }),
      refreshed,
    );

    expect(instruction).toMatchObject({ until: noon + hour });
  });

  it('is started again no longer than its cap after it began', () => {
    const journey = enrolled(
      waiting({ restartOn: 'refresh', atMost: 'PT2H' }),
      anEvent({ occurredAt: noon }),
    );

    const { instruction } = journey.hears(
      anEvent({ id: 'e2', occurredAt: noon + 1.9 * hour }),
      refreshed,
    );

    expect(instruction).toMatchObject({ until: noon + 2 * hour });
  });

  it('asks for a calendar duration to be resolved, and again after a refresh', () => {
    const journey = enrolled(
      waiting({ for: 'P1D', restartOn: 'refresh', atMost: 'PT100H' }),
      anEvent({ occurredAt: noon }),
    );

    const resolved = journey.after({
      kind: 'resolved',
      step: journeyStep(journey),
      from: noon,
      until: noon + 24 * hour,
    });
    const renewed = resolved
      .hears(anEvent({ id: 'e2', occurredAt: noon + 3 * hour }), refreshed)
      .wakes(noon + 24 * hour);

    expect(journey.instruction).toMatchObject({ kind: 'resolve', from: noon, duration: 'P1D' });
    expect(resolved.instruction).toMatchObject({ kind: 'wait', until: noon + 24 * hour });
    expect(renewed.instruction).toMatchObject({ kind: 'resolve', from: noon + 3 * hour });
  });

  it('fault 14: is never brought forward by a refresh, whatever its limit', () => {
    const resolves = (state: ReturnType<typeof enrolled>, from: number) =>
      state.after({ kind: 'resolved', step: journeyStep(state), from, until: from + 72 * hour });
    const refreshAt = noon + hour;
    const resting = resolves(
      enrolled(waiting({ for: 'P3D', restartOn: 'refresh' }), anEvent({ occurredAt: noon })),
      noon,
    );

    const stale = resting
      .hears(anEvent({ id: 'e2', occurredAt: refreshAt }), refreshed)
      .wakes(noon + 72 * hour);
    const renewed = resolves(stale, refreshAt);

    expect(renewed.instruction).toMatchObject({ kind: 'wait', until: noon + 72 * hour });
  });

  it('ends with the greatest age of the enrollment', () => {
    const short = { ...waiting(), settings: { until: 'PT30M' } };

    const aged = enrolled(short, anEvent({ occurredAt: noon })).wakes(noon + 0.5 * hour);

    expect(aged.instruction).toMatchObject({ kind: 'finish', as: 'expired', because: 'expired' });
  });
});

describe('fault 13: in a journey that restarts', () => {
  const journey: Journey = {
    ...aJourney({
      entry: { events: ['Cart Updated'], repeat: 'restart' },
      steps: [
        { id: 'pause', kind: 'wait', for: 'PT1H', atMost: 'PT2H' },
        remind,
        { id: 'rest', kind: 'wait', for: 'PT48H' },
        { id: 'listen', kind: 'waitFor', events: [{ names: ['Clicked'] }], timeout: 'PT1H' },
        { ...remind, id: 'again' },
      ],
    }),
  };
  const changed = (at: number) => anEvent({ id: `change-${at}`, occurredAt: at });

  it('every wait counts from the last activity, within a limit of its own', () => {
    const pausing = enrolled(journey, anEvent({ occurredAt: noon }));
    const resting = pausing.wakes(noon + hour).sent(noon + hour);
    const listening = resting.wakes(noon + 49 * hour);

    const waits = [
      pausing.hears(changed(noon + 0.5 * hour), refreshed),
      pausing.hears(changed(noon + 1.9 * hour), refreshed),
      resting.hears(changed(noon + 48 * hour), refreshed),
      listening.hears(changed(noon + 49.5 * hour), refreshed),
    ];

    expect(waits.map(({ instruction }) => instruction)).toMatchObject([
      { step: 'pause', until: noon + 1.5 * hour },
      { step: 'pause', until: noon + 2 * hour },
      { step: 'rest', until: noon + 96 * hour },
      { step: 'listen', until: noon + 50.5 * hour },
    ]);
  });
});

describe('a refresh', () => {
  it('replaces the entry by the newer event', () => {
    const journey = enrolled(waiting(), anEvent({ occurredAt: noon, properties: { total: 1 } }));

    const { progress } = journey.hears(
      anEvent({ id: 'e2', occurredAt: noon + 1, properties: { total: 2 } }),
      refreshed,
    );

    expect(progress.entry).toMatchObject({ occurredAt: noon + 1, properties: { total: 2 } });
  });

  it('fault 18: replaces the entry where both happened at once and it arrived later', () => {
    const journey = enrolled(waiting(), anEvent({ occurredAt: noon, properties: { total: 1 } }));
    const facts = { occurredAt: noon, properties: { total: 2 } };

    const later = journey.hears(anEvent({ id: 'e2', ...facts, receivedAt: noon + 1 }), refreshed);
    const earlier = journey.hears(anEvent({ id: 'e2', ...facts, receivedAt: noon - 1 }), refreshed);

    expect(later.progress.entry).toMatchObject({ properties: { total: 2 } });
    expect(earlier.progress).toEqual(journey.progress);
  });

  it('changes nothing when it is older than the entry', () => {
    const journey = enrolled(waiting({ restartOn: 'refresh' }), anEvent({ occurredAt: noon }));

    const { progress } = journey.hears(anEvent({ id: 'e2', occurredAt: noon - 1 }), refreshed);

    expect(progress).toEqual(journey.progress);
  });
});

function journeyStep({ instruction }: ReturnType<typeof enrolled>) {
  if (instruction.kind !== 'resolve') throw new Error('nothing to resolve');
  return instruction.step;
}
