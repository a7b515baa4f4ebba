import type { Condition } from '../../../src/core/conditions/condition';
import { faultsIn } from '../../support/core/faults-in';

const comparison: Condition = { fact: 'event.properties.id', is: 'equals', to: 1 };

/** A condition of several lists, since one of them holds 50 parts at most. */
function conditionOf(comparisons: number): Condition {
  const lists = Array.from({ length: Math.ceil(comparisons / 50) }, (_, n) => ({
    any: Array.from({ length: Math.min(50, comparisons - 50 * n) }, () => comparison),
  }));
  return { all: lists };
}

const exitOf = (comparisons: number) => ({
  events: ['Order Completed'],
  when: conditionOf(comparisons),
  as: 'converted',
});

describe('attack 7: a journey of very many comparisons', () => {
  it('may have 500 in all', () => {
    expect(faultsIn({ exits: [exitOf(250), exitOf(250)] })).toEqual([]);
  });

  it('is refused at the condition that is too much', () => {
    const faults = faultsIn({ exits: [exitOf(250), exitOf(251), exitOf(250)] });

    expect(faults).toEqual([
      {
        pointer: '/exits/1/when',
        code: 'too-costly',
        detail:
          'Exit "converted" is past the 500 comparisons of a journey; compare less, or split it',
      },
    ]);
  });
});
