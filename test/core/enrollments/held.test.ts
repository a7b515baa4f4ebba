import { stop } from '../../../src/core/enrollments/walk';
import { nextInstruction } from '../../../src/core/enrollments/instruction';
import { compile } from '../../../src/core/journeys/compile';
import { stepId } from '../../../src/core/ids';
import { aJourney, anEvent } from '../../support/core/builders';
import { enrolled } from '../../support/core/enrolled';

const noon = Date.UTC(2026, 0, 15, 12);
const morning = noon + 21 * 3_600_000;
const journey = aJourney({
  exits: [{ events: ['Order Completed'], as: 'converted' }],
  steps: [{ id: 'remind', kind: 'send', template: 'reminder', purpose: 'service' }],
});
const deferred = {
  kind: 'deferred',
  step: stepId('remind'),
  until: morning,
  because: 'quiet-hours',
  written: 0,
} as const;
const order = anEvent({ id: 'e2', name: 'Order Completed', occurredAt: noon + 1 });

const standing = () => enrolled(journey, anEvent({ occurredAt: noon }));

describe('a message that is held', () => {
  it('waits for its time, and says why', () => {
    expect(standing().after(deferred).instruction).toEqual({
      kind: 'wait',
      step: 'remind',
      visit: 1,
      until: morning,
      because: 'quiet-hours',
    });
  });

  it('goes to its gate again once its time has come, on the same visit', () => {
    const { instruction } = standing().after(deferred).wakes(morning);

    expect(instruction).toMatchObject({ kind: 'send', step: 'remind', visit: 1 });
  });

  it('is held on where its timer fires too early', () => {
    const { instruction } = standing()
      .after(deferred)
      .wakes(morning - 1);

    expect(instruction).toMatchObject({ kind: 'wait', until: morning });
  });

  it('comes to nothing where an exit is heard meanwhile', () => {
    const { instruction } = standing().after(deferred).hears(order);

    expect(instruction).toMatchObject({
      kind: 'finish',
      as: 'converted',
      write: { heldMessage: true },
    });
  });

  it('comes to nothing where the exit was heard before it was put off', () => {
    const { instruction } = standing().hears(order).after(deferred);

    expect(instruction).toMatchObject({ kind: 'finish', write: { heldMessage: true } });
  });

  it('comes to nothing where an operator cancels its enrollment', () => {
    const stopped = stop(standing().after(deferred).progress, morning);

    expect(nextInstruction(compile(journey, 1), stopped)).toMatchObject({
      kind: 'finish',
      as: 'stopped',
      write: { heldMessage: true },
    });
  });
});
