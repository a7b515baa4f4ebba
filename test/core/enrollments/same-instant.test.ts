import fc from 'fast-check';
import { compile } from '../../../src/core/journeys/compile';
import { stepId } from '../../../src/core/ids';
import type { Step } from '../../../src/core/journeys/steps/kinds';
import type { HeardEvent, Progress } from '../../../src/core/enrollments/progress';
import { hear } from '../../../src/core/enrollments/hear';
import { rememberSeen } from '../../../src/workflows/seen';
import { anEvent } from '../../support/core/builders';
import { heard } from '../../support/core/enrolled';
import {
  about,
  asking,
  branchOf,
  clickAt,
  end,
  ending,
  firing,
  hour,
  inJourneyOf,
  inOrder,
  instants,
  journey,
  listening,
  mail,
  notesOf,
  order,
  taking,
  timer,
  type Take,
} from '../../support/core/instants';

const runs = { numRuns: 2_000 };

describe('a purchase or unsubscription at the instant of a timer', () => {
  it('ends the enrollment, and only a timer taken before it has led on to the mail', () => {
    const pausing = inJourneyOf(
      { id: 'pause', kind: 'wait', for: 'PT1H' },
      { id: 'remind', ...mail },
    );
    fc.assert(
      fc.property(ending, firing, order, ({ as, event, take }, at, which) => {
        const states = taking(pausing, ...inOrder(which, take, (state) => state.wakes(at)));

        const mails = which === 'before' ? [] : ['remind'];
        expect(branchOf(states)).toEqual({ mails, as });
        expect(states.at(-1)?.instruction).toMatchObject({ because: 'exit-event', by: event.key });
      }),
      runs,
    );
  });

  it('comes too late where the timer taken before it was the end', () => {
    const pausing = inJourneyOf({ id: 'pause', kind: 'wait', for: 'PT1H' });
    fc.assert(
      fc.property(ending, firing, order, ({ as, take }, at, which) => {
        const [, first, second] = taking(
          pausing,
          ...inOrder(which, take, (state) => state.wakes(at)),
        );

        expect(first?.instruction).toMatchObject({ as: which === 'before' ? as : 'completed' });
        expect(second?.progress).toEqual(first?.progress);
      }),
      runs,
    );
  });
});

describe('a purchase or unsubscription at the instant of a send', () => {
  const sending = inJourneyOf(
    { id: 'pause', kind: 'waitFor', events: [{ names: ['Link Clicked'] }], timeout: 'PT1H' },
    { id: 'remind', ...mail },
    { id: 'rest', kind: 'wait', for: 'PT1H' },
  ).wakes(timer);
  const outcome = fc.record({ at: about(timer), sawTheEnd: fc.boolean() });

  it('ends the enrollment once in both orders, and the outcome is recorded', () => {
    fc.assert(
      fc.property(ending, outcome, order, ({ as, isJudged, event, take }, sent, which) => {
        const ended = { as, because: 'exit-event', by: event.key } as const;
        const over: Take = (state) =>
          state.after({
            ...{ kind: 'handled', step: stepId('remind'), at: sent.at, written: 1 },
            ...(sent.sawTheEnd && { ended }),
          });

        const states = taking(sending, ...inOrder(which, take, over));

        const closed = isJudged || sent.sawTheEnd;
        expect(states.at(-1)?.progress).toMatchObject({
          notes: [],
          position: { ...ended, closed },
        });
        expect(branchOf(states)).toEqual({ mails: ['remind'], as });
      }),
      runs,
    );
  });

  it('leaves the end to whichever was taken first where the send is the last step', () => {
    const last = inJourneyOf({ id: 'remind', ...mail });
    fc.assert(
      fc.property(ending, about(timer), order, ({ as, take }, at, which) => {
        const over: Take = (state) =>
          state.after({ kind: 'handled', step: stepId('remind'), at, written: 0 });

        const [, first, second] = taking(last, ...inOrder(which, take, over));

        const expected = which === 'before' ? as : 'completed';
        expect([first?.instruction, second?.instruction]).toMatchObject([
          { kind: 'finish', as: expected },
          { kind: 'finish', as: expected },
        ]);
      }),
      runs,
    );
  });
});

describe('an awaited event at the instant of the timer', () => {
  const click = fc.record(instants).map(clickAt);

  it('beats it on a tie, if it is taken first', () => {
    fc.assert(
      fc.property(click, firing, order, (event, at, which) => {
        const hears: Take = (state) => state.hears(event);
        const states = taking(listening, ...inOrder(which, hears, (state) => state.wakes(at)));

        const isHeard = which === 'before' && event.occurredAt <= timer;
        expect(branchOf(states).mails).toEqual([isHeard ? 'thank' : 'remind']);
      }),
      runs,
    );
  });

  it('is used up by one of two waits, never by both and never by none', () => {
    const wait = (id: string, heard: string, late: string): Step => ({
      ...{ id, kind: 'waitFor', timeout: 'PT1H', onTimeout: late },
      events: [{ names: ['Link Clicked'], next: heard }],
    });
    const twice = inJourneyOf(wait('first', 'second', 'second'), wait('second', 'end', 'end'), end);
    fc.assert(
      fc.property(click, firing, order, (event, at, which) => {
        const hears: Take = (state) => state.hears(event);
        const states = taking(twice, ...inOrder(which, hears, (state) => state.wakes(at)));
        const [first, second] = taking(states.at(-1) ?? twice, (state) =>
          state.wakes(at + 2 * hour),
        );

        const isFirst = which === 'before' && event.occurredAt <= timer;
        expect(second && notesOf(second, 'heard')).toEqual([isFirst ? 'first' : 'second']);
        expect(first?.instruction.kind).toBe(isFirst ? 'wait' : 'finish');
        expect(second?.instruction.kind).toBe('finish');
      }),
      runs,
    );
  });

  it('is an exit rather than what is awaited where it means both', () => {
    const which = fc.record({ cart: fc.constantFrom('a', 'b'), when: order });
    fc.assert(
      fc.property(fc.record(instants), firing, which, (instant, at, { cart, when }) => {
        const properties = { cart_id: cart };
        const order = anEvent({ id: 'order', name: 'Order Completed', properties, ...instant });
        const hears: Take = (state) => state.hears(order);
        const states = taking(listening, ...inOrder(when, hears, (state) => state.wakes(at)));

        const isInTime = when === 'before' && instant.occurredAt <= timer;
        const ended = { mails: when === 'before' ? [] : ['remind'], as: 'converted' };
        const goesOn = { mails: [isInTime ? 'thank' : 'remind'], as: undefined };
        expect(branchOf(states)).toEqual(cart === 'a' ? ended : goesOn);
      }),
      runs,
    );
  });
});

describe('an awaited event at an instant of the send before', () => {
  it('is heard since the send began until the time is up, taken before its outcome or after', () => {
    const sentAt = timer + 60_000;
    const closesAt = sentAt + hour;
    const occurredAt = fc.oneof(about(timer), about(sentAt), about(closesAt));
    fc.assert(
      fc.property(occurredAt, about(sentAt), order, (occurredAt, receivedAt, which) => {
        const hears: Take = (state) => state.hears(clickAt({ occurredAt, receivedAt }));
        const states = taking(
          asking,
          ...inOrder(which, hears, (state) => state.sent(sentAt)),
          (state) => state.wakes(closesAt),
        );

        const isHeard = timer <= occurredAt && occurredAt <= closesAt;
        const end = isHeard ? undefined : 'completed';
        expect(branchOf(states)).toEqual({ mails: isHeard ? ['ask', 'thank'] : ['ask'], as: end });
      }),
      runs,
    );
  });
});

describe('a purchase, a click and the timer at one instant', () => {
  const click = fc.record(instants).map(clickAt);
  const sequence = fc.shuffledSubarray(['ending', 'click', 'timer'], { minLength: 3 });

  it('take one branch, in any order', () => {
    fc.assert(
      fc.property(ending, click, sequence, ({ as, take }, clicked, sequence) => {
        const takes: Readonly<Record<string, Take>> = {
          ending: take,
          click: (state) => state.hears(clicked),
          timer: (state) => state.wakes(timer),
        };
        const states = taking(listening, ...sequence.flatMap((name) => takes[name] ?? []));

        const isLate = clicked.occurredAt > timer;
        const leading = sequence.find((name) => !(name === 'click' && isLate));
        const mails = { ending: [], click: ['thank'], timer: ['remind'] }[leading ?? ''];
        expect(branchOf(states)).toEqual({ mails, as });
      }),
      runs,
    );
  });

  it('come to the same in signals of any composition, delivered again or not', () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 });
    const sequence = fc.shuffledSubarray([0, 1, 2], { minLength: 3 });
    fc.assert(
      fc.property(ending, click, sequence, lengths, ({ event }, clicked, sequence, lengths) => {
        const other = anEvent({ id: 'other', name: 'Link Clicked', occurredAt: timer + 1 });
        const events = sequence
          .flatMap((n) => [event, clicked, other][n] ?? [])
          .map((one) => heard(one));
        const signals = [...lengths.map((length) => events.slice(0, length)), events];
        const seen = rememberSeen([]);
        const compiled = compile(journey, 1);
        const hearing = (progress: Progress, one: HeardEvent) =>
          hear(compiled, progress, one, timer);

        const ended = signals
          .flatMap((signal) => seen.unseen(signal))
          .reduce(hearing, listening.progress);

        expect(ended).toEqual(events.reduce(hearing, listening.progress));
      }),
      runs,
    );
  });
});
