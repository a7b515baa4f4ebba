import type { Condition } from '../../../src/core/conditions/condition';
import type { Journey } from '../../../src/core/journeys/journey';
import type { Step } from '../../../src/core/journeys/steps/kinds';
import { aSend, aWait, anEnd, faultsIn } from '../../support/core/faults-in';

const codesOf = (facts: Partial<Journey>): readonly string[] =>
  faultsIn(facts).map(({ code }) => code);

describe('checking the steps of a journey', () => {
  it('refuses one without steps', () => {
    expect(faultsIn({ steps: [] })).toEqual([
      { pointer: '/steps', code: 'no-steps', detail: 'The journey has no steps; add at least one' },
    ]);
  });

  it('refuses a target that is not there', () => {
    expect(faultsIn({ steps: [aSend('nudge', 'paid'), anEnd] })).toContainEqual({
      pointer: '/steps/0/next',
      code: 'dangling-target',
      detail:
        'Step "nudge" leads to "paid", which this journey does not have; name one of "nudge", "end"',
    });
  });

  it('points at the very target in a waitFor and in a branch', () => {
    const when: Condition = { fact: 'entry.properties.total', is: 'exists' };
    const steps: readonly Step[] = [
      {
        id: 'hear',
        kind: 'waitFor',
        events: [{ names: ['A'] }, { names: ['B'], next: 'x1' }],
        timeout: 'PT1H',
        onTimeout: 'x2',
      },
      {
        id: 'sort',
        kind: 'branch',
        cases: [
          { when, next: 'end' },
          { when, next: 'x3' },
        ],
        otherwise: 'x4',
      },
      anEnd,
    ];

    expect(faultsIn({ steps }).map(({ pointer }) => pointer)).toEqual([
      '/steps/0/events/1/next',
      '/steps/0/onTimeout',
      '/steps/1/cases/1/next',
      '/steps/1/otherwise',
    ]);
  });

  it('lists no more than ten steps to choose from', () => {
    const many = Array.from({ length: 12 }, (_, index) => aSend(`s${index}`));

    const [fault] = faultsIn({ steps: [...many, aSend('last', 'paid')] });

    expect(fault?.detail).toMatch(/name one of "s0", .*"s9", …$/);
  });

  it('refuses the same id twice', () => {
    expect(faultsIn({ steps: [aSend('nudge'), aSend('nudge')] })).toContainEqual({
      pointer: '/steps/1/id',
      code: 'duplicate-step',
      detail: 'Step "nudge" is there twice; give this one another id',
    });
  });

  it('refuses a step that nothing leads to', () => {
    expect(
      faultsIn({ steps: [aSend('nudge', 'end'), aWait('rest'), aSend('again'), anEnd] }),
    ).toEqual([
      {
        pointer: '/steps/1',
        code: 'unreachable-step',
        detail: 'Step "rest" is never reached; lead another step to it, or remove it',
      },
      {
        pointer: '/steps/2',
        code: 'unreachable-step',
        detail: 'Step "again" is never reached; lead another step to it, or remove it',
      },
    ]);
  });

  it('refuses a cycle in which no time passes, once', () => {
    const when: Condition = { fact: 'entry.properties.total', is: 'exists' };
    const sort: Step = { id: 'sort', kind: 'branch', cases: [{ when, next: 'nudge' }] };

    expect(faultsIn({ steps: [aWait('rest'), aSend('nudge'), sort, anEnd] })).toEqual([
      {
        pointer: '/steps/1',
        code: 'cycle-without-wait',
        detail:
          'Steps "nudge", "sort" form a cycle in which no time passes; put a wait or waitFor into it',
      },
    ]);
  });

  it.each([
    ['a step that leads to itself', [aSend('nudge', 'nudge')]],
    ['a wait of no time', [aWait('rest', { for: 'PT0S' }), aSend('nudge', 'rest')]],
    [
      'a time-out of no time',
      [
        { id: 'hear', kind: 'waitFor', events: [{ names: ['A'] }], timeout: 'P0D' },
        aSend('nudge', 'hear'),
      ],
    ],
  ] satisfies [string, readonly Step[]][])('takes %s for such a cycle', (_, steps) => {
    expect(codesOf({ steps })).toEqual(['cycle-without-wait']);
  });

  it.each([
    ['a wait', [aSend('nudge'), aWait('rest', { next: 'nudge' })]],
    [
      'a waitFor',
      [
        aSend('nudge'),
        {
          id: 'hear',
          kind: 'waitFor',
          events: [{ names: ['A'], next: 'end' }],
          timeout: 'PT1H',
          onTimeout: 'nudge',
        },
        anEnd,
      ],
    ],
  ] satisfies [string, readonly Step[]][])('accepts a cycle through %s', (_, steps) => {
    expect(codesOf({ steps })).toEqual([]);
  });
});
