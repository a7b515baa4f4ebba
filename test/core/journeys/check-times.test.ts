import { checkJourney } from '../../../src/core/journeys/checks/check-journey';
import type { Entry, Journey } from '../../../src/core/journeys/journey';
import type { Step } from '../../../src/core/journeys/steps/kinds';
import { aJourney } from '../../support/core/builders';
import { aWait, faultsIn } from '../../support/core/faults-in';

describe('checking the times of a journey', () => {
  it.each<[string, Partial<Journey>]>([
    ['/entry/again/after', { entry: { again: { after: '1 day' } } }],
    ['/entry/limit/within', { entry: { limit: { starts: 1, within: '1 day' } } }],
    ['/exits/0/lookBack', { exits: [{ events: ['A'], as: 'converted', lookBack: '1 day' }] }],
    ['/steps/0/for', { steps: [aWait('rest', { for: '1 day' })] }],
    ['/steps/0/atMost', { steps: [{ id: 'rest', kind: 'wait', for: 'PT1H', atMost: '1 day' }] }],
    [
      '/steps/0/timeout',
      { steps: [{ id: 'hear', kind: 'waitFor', events: [{ names: ['A'] }], timeout: '1 day' }] },
    ],
    ['/settings/until', { settings: { until: '1 day' } }],
  ])('refuses a bad duration at %s', (pointer, facts) => {
    expect(faultsIn(facts)).toEqual([
      {
        pointer,
        code: 'bad-duration',
        detail:
          '"1 day" is not an ISO 8601 duration of at most P100Y; write for example PT1H or P2D',
      },
    ]);
  });

  it.each<[string, Partial<Journey>]>([
    ['/exits/0/lookBack', { exits: [{ events: ['A'], as: 'converted', lookBack: 'P1D' }] }],
    ['/steps/0/atMost', { steps: [{ id: 'rest', kind: 'wait', for: 'PT1H', atMost: 'P1D' }] }],
    ['/settings/until', { settings: { until: 'P1D' } }],
  ])('refuses a calendar duration at %s', (pointer, facts) => {
    expect(faultsIn(facts)).toEqual([
      {
        pointer,
        code: 'calendar-duration',
        detail: '"P1D" has no exact length, which is needed here; write it in hours, such as PT24H',
      },
    ]);
  });

  it.each<Partial<Journey>>([
    { entry: { again: { after: 'P30D' }, limit: { starts: 1, within: 'P1D' } } },
    { steps: [aWait('rest', { for: 'P1D' })] },
    { settings: { until: 'PT168H', zone: 'Europe/Rome' } },
  ])('accepts %j', (facts) => {
    expect(faultsIn(facts)).toEqual([]);
  });

  it('refuses an unknown zone', () => {
    expect(faultsIn({ settings: { zone: 'Rome' } })).toMatchObject([
      { pointer: '/settings/zone', code: 'unknown-zone' },
    ]);
  });
});

describe('fault 14: a wait that a refresh should restart', () => {
  const warningsOf = (facts: Partial<Extract<Step, { kind: 'wait' }>>, entry: Entry = {}) => {
    const steps = [{ id: 'rest', kind: 'wait', for: 'PT1H', ...facts } as const];
    return checkJourney(aJourney({ entry, steps }), {
      templates: new Set(),
      actions: new Map(),
    }).warnings.filter(({ code }) => code === 'idle-restart');
  };

  it.each<[string, Parameters<typeof warningsOf>[0]]>([
    ['never', { for: 'P3D', restartOn: 'refresh' }],
    ['never', { for: 'PT24H', restartOn: 'refresh' }],
    ['never', { for: 'PT2H', restartOn: 'refresh', atMost: 'PT1H' }],
    ['not always', { for: 'P1D', restartOn: 'refresh' }],
    ['not always', { for: 'P1M', restartOn: 'refresh', atMost: 'PT720H' }],
  ])('is warned of where it is %s: %j', (how, facts) => {
    expect(warningsOf(facts)).toEqual([
      {
        pointer: '/steps/0/for',
        code: 'idle-restart',
        detail: expect.stringContaining(`is ${how} restarted by a refresh; write`) as string,
      },
    ]);
  });

  it.each<Parameters<typeof warningsOf>[0]>([
    { for: 'PT1H', restartOn: 'refresh' },
    { for: 'P3D', restartOn: 'refresh', atMost: 'PT100H' },
    { for: 'P3D' },
  ])('is not warned of: %j', (facts) => {
    expect(warningsOf(facts)).toEqual([]);
  });

  it('is not warned of where every wait restarts', () => {
    expect(warningsOf({ for: 'P3D' }, { repeat: 'restart' })).toEqual([]);
  });
});
