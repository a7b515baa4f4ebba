import type { Condition } from '../../../src/core/conditions/condition';
import type { Step } from '../../../src/core/journeys/steps/kinds';
import { aSend, aWait, anEnd, faultsIn } from '../../support/core/faults-in';

const when: Condition = { fact: 'entry.properties.total', is: 'exists' };

const tag: Step = { id: 'tag', kind: 'act', action: 'change-contact' };

/** Leads to `heard` on an event, and to `late` after `timeout`. */
function hear(heard: string, late: string, timeout = 'PT1H'): Step {
  const events = [{ names: ['A'], next: heard }];
  return { id: 'hear', kind: 'waitFor', events, timeout, onTimeout: late };
}

function placesIn(steps: readonly Step[]): readonly string[] {
  return faultsIn({ steps })
    .filter(({ code }) => code === 'cycle-too-fast')
    .map(({ pointer }) => pointer);
}

describe('attack 14: a journey that sends again and again', () => {
  it('is refused where it comes back within the hour, with the remedy', () => {
    const steps = [aSend('nudge'), aWait('rest', { for: 'PT0.001S', next: 'nudge' })];

    expect(faultsIn({ steps })).toEqual([
      {
        pointer: '/steps/1/next',
        code: 'cycle-too-fast',
        detail:
          'Step "rest" leads back to "nudge", so that "nudge" is done again in less than an hour; put waits of PT1H or more into the cycle, on each way round',
      },
    ]);
  });

  it.each([
    ['a wait just short of it', [aSend('a'), aWait('b', { for: 'PT59M59.999S', next: 'a' })], 1],
    ['a cycle of acts', [tag, aWait('b', { for: 'PT1S', next: 'tag' })], 1],
    ['an event that may come at once', [aSend('a'), hear('a', 'end'), anEnd], 1],
    ['a short time-out', [aSend('a'), hear('end', 'a', 'PT59M'), anEnd], 1],
    [
      'a way back into the middle',
      [aWait('b', { for: 'PT1M' }), aSend('a'), hear('b', 'end'), anEnd],
      2,
    ],
    [
      'a send that is not named',
      [aWait('b', { for: 'PT1S' }), aSend('a'), hear('b', 'b', 'PT9H')],
      2,
    ],
  ] satisfies [string, readonly Step[], number][])('is refused for %s', (_, steps, last) => {
    expect(placesIn(steps)).toEqual([expect.stringContaining(`/steps/${last}/`)]);
  });

  it('is refused where a branch goes round the wait', () => {
    const sort: Step = { id: 'sort', kind: 'branch', cases: [{ when, next: 'brief' }] };
    const long = aWait('long', { for: 'PT5H', next: 'nudge' });
    const brief = aWait('brief', { for: 'PT1M', next: 'nudge' });

    expect(placesIn([aSend('nudge'), sort, long, brief])).toEqual(['/steps/3/next']);
  });

  it.each([
    ['one wait of an hour', [aSend('a'), aWait('b', { next: 'a' })]],
    [
      'waits that make an hour together',
      [aSend('a'), aWait('b', { for: 'PT20M' }), tag, aWait('c', { for: 'PT40M', next: 'a' })],
    ],
    ['a calendar day, on the shortest too', [aSend('a'), aWait('b', { for: 'P1D', next: 'a' })]],
    ['a time-out of an hour', [aSend('a'), hear('end', 'a'), anEnd]],
    ['an event before an hour of waiting', [aSend('a'), hear('b', 'b'), aWait('b', { next: 'a' })]],
    ['a short cycle that does nothing', [aSend('a'), hear('hear', 'end'), anEnd]],
    ['short waits without a cycle', [aSend('a'), aWait('b', { for: 'PT1S' }), aSend('c')]],
  ] satisfies [string, readonly Step[]][])('passes with %s', (_, steps) => {
    expect(placesIn(steps)).toEqual([]);
  });

  it('says nothing of a duration that cannot be read', () => {
    const steps = [aSend('nudge'), aWait('rest', { for: 'PT1X', next: 'nudge' })];

    expect(faultsIn({ steps }).map(({ code }) => code)).toEqual(['bad-duration']);
  });
});
