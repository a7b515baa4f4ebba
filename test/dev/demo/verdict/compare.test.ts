import { differencesOf, type Arrival, type JourneyEnd } from '../../../../dev/demo/verdict/compare';
import type { Expectation } from '../../../../dev/demo/verdict/expectations';
import type { Shopper } from '../../../../dev/demo/shoppers';
import { hours } from '../../../../dev/demo/watch/virtual-time';

const opening = Date.parse('2026-03-02T09:00:00Z');
const nothing: Expectation = { mails: [], journeys: [] };
const expectations: Readonly<Record<Shopper, Expectation>> = {
  prompt: nothing,
  persuaded: nothing,
  collector: nothing,
  reserved: nothing,
  hasty: { mails: [], journeys: [{ journey: 'cart-recovery', refused: 'already-converted' }] },
  reviewer: nothing,
  forgetful: {
    mails: [
      { subject: 'First', notBefore: 1, before: 3, shows: ['Moka pot'], lacks: ['Lamp'] },
      { subject: 'Second', notBefore: 24, before: 30, shows: [] },
    ],
    journeys: [{ journey: 'cart-recovery', ended: 'completed' }],
  },
};

const first: Arrival = {
  to: ['forgetful@example.com'],
  subject: 'First',
  text: 'Your Moka pot waits',
  at: opening + hours(1, 20),
};
const second: Arrival = { ...first, subject: 'Second', at: opening + hours(25) };
const ends: readonly JourneyEnd[] = [
  { shopper: 'hasty', journey: 'cart-recovery', how: 'refused as already-converted' },
  { shopper: 'forgetful', journey: 'cart-recovery', how: 'ended as completed' },
];

const differences = (arrivals: readonly Arrival[], happened = ends) =>
  differencesOf(expectations, { opening, arrivals, ends: happened });

describe('what the mailbox received against what it must', () => {
  it('agrees when every mail came in its order and time, and no other', () => {
    expect(differences([first, second])).toStrictEqual([]);
  });

  it('names a mail that did not come', () => {
    expect(differences([first])).toStrictEqual([
      'forgetful: mail 2\n    expected  Second\n    received  nothing',
    ]);
  });

  it('names a mail too many, also one that came twice', () => {
    expect(differences([first, second, second])).toStrictEqual([
      'forgetful: mail 3\n    expected  nothing\n    received  Second',
    ]);
  });

  it('names a mail to a shopper who must get none', () => {
    expect(differences([first, second, { ...first, to: ['prompt@example.com'] }])).toStrictEqual([
      'prompt: mail 1\n    expected  nothing\n    received  First',
    ]);
  });

  it('names a mail to somebody who does not play', () => {
    const stray = { ...first, to: ['somebody@example.com'] };

    expect(differences([first, second, stray])).toStrictEqual([
      'a mail nobody expects, to somebody@example.com: First',
    ]);
  });

  it('names a mail that went to two shoppers at once', () => {
    const shared = { ...second, to: ['forgetful@example.com', 'prompt@example.com'] };

    expect(differences([first, shared])).toStrictEqual([
      'prompt: mail 1\n    expected  nothing\n    received  Second',
      'a mail nobody expects, to forgetful@example.com, prompt@example.com: Second',
    ]);
  });

  it('minds the order', () => {
    const swapped = [
      { ...second, at: first.at },
      { ...first, at: second.at },
    ];

    expect(differences(swapped)).toContain(
      'forgetful: mail 1\n    expected  First\n    received  Second',
    );
  });

  it.each([
    ['early', opening + hours(0, 59)],
    ['late', opening + hours(3)],
  ])('names a mail that came too %s', (_when, at) => {
    expect(differences([{ ...first, at }, second])).toStrictEqual([
      expect.stringContaining('mail 1 came at another time\n    expected  Mon 11:00 to Mon 13:00'),
    ]);
  });

  it('names what a mail must show and does not, and what it must not show', () => {
    const other = { ...first, text: 'Your Lamp waits' };

    expect(differences([other, second])).toStrictEqual([
      'forgetful: mail 1 does not show "Moka pot"',
      'forgetful: mail 1 shows "Lamp", which it must not',
    ]);
  });

  it('names a journey that went otherwise', () => {
    const open: JourneyEnd = {
      shopper: 'forgetful',
      journey: 'cart-recovery',
      how: 'still open',
    };

    expect(differences([first, second], [open])).toStrictEqual([
      'forgetful: journeys\n    expected  cart-recovery ended as completed\n    happened  cart-recovery still open',
      'hasty: journeys\n    expected  cart-recovery refused as already-converted\n    happened  nothing',
    ]);
  });
});
