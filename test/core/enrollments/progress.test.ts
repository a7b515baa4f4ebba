import { progressFrom, type CarriedProgress } from '../../../src/core/enrollments/progress';
import { eventKey, stepId } from '../../../src/core/ids';

const resting = { step: stepId('pause'), visit: 1, since: 10, previousSince: 5 };

function carried(position: CarriedProgress['position']): CarriedProgress {
  return {
    entry: { event: eventKey('e'), name: 'Cart Updated', occurredAt: 5, properties: {} },
    firstEntryAt: 5,
    openedAt: 6,
    position,
    visits: { pause: 1 },
    heard: [],
    notes: [],
    nextNote: 1,
  };
}

describe('progress that an earlier version carried', () => {
  it('waits by an exact deadline where it has no trace of a zone', () => {
    const old = carried({
      kind: 'standing',
      ...resting,
      deadline: { began: 10, from: 10, until: 20 },
    });

    expect(progressFrom(old).position).toEqual({
      kind: 'waiting',
      ...resting,
      deadline: { kind: 'exact', began: 10, from: 10, until: 20 },
    });
  });

  it('waits by an unresolved deadline where its end was not known', () => {
    const old = carried({ kind: 'standing', ...resting, deadline: { began: 10, from: 12 } });

    expect(progressFrom(old).position).toMatchObject({
      deadline: { kind: 'unresolved', began: 10, from: 12 },
    });
  });

  it('waits by a resolved deadline where it says from when that was counted', () => {
    const deadline = { began: 10, from: 12, until: 20, resolvedFrom: 10 };
    const old = carried({ kind: 'standing', ...resting, deadline });

    expect(progressFrom(old).position).toMatchObject({
      deadline: { kind: 'resolved', ...deadline },
    });
  });

  it.each([
    { kind: 'standing', ...resting } as const,
    {
      kind: 'waiting',
      ...resting,
      deadline: { kind: 'unresolved', began: 10, from: 10 },
    } as const,
    { kind: 'ended', as: 'converted', because: 'exit-event', at: 30, closed: true } as const,
  ])('stays as it is where it is $kind', (position) => {
    expect(progressFrom(carried(position)).position).toEqual(position);
  });
});
