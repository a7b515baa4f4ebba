import type { Shopper } from '../shoppers';

/**
 * A mail that must come: when, in hours after the opening of the shop, and what its text shows and
 * does not show.
 */
export type ExpectedMail = Readonly<{
  subject: string;
  notBefore: number;
  before: number;
  shows: readonly string[];
  lacks?: readonly string[];
}>;

/** How a journey must have gone: `ended: 'converted'`, refused at its entry, or still open. */
export type ExpectedEnd = Readonly<{ journey: string }> &
  (Readonly<{ ended: string }> | Readonly<{ refused: string }> | Readonly<{ open: true }>);

export type Expectation = Readonly<{
  mails: readonly ExpectedMail[];
  journeys: readonly ExpectedEnd[];
}>;

/** Every order is asked about some day, long after the play. */
const reviewToCome: ExpectedEnd = { journey: 'review-request', open: true };

/**
 * What must have come of the play, written down by hand from what each shopper does; nothing of the
 * engine is asked. Her mails, in this order, and no others. An hour is a second here, so a send may
 * be late by hours on a busy machine, but never early.
 */
export const expectations: Readonly<Record<Shopper, Expectation>> = {
  prompt: {
    mails: [],
    journeys: [{ journey: 'cart-recovery', ended: 'converted' }, reviewToCome],
  },
  forgetful: {
    mails: [
      {
        subject: 'You left something in your basket',
        notBefore: 1,
        before: 7,
        shows: ['Moka pot', 'Espresso cups', '62.50'],
      },
      {
        subject: 'Still thinking about Moka pot?',
        notBefore: 24,
        before: 36,
        shows: ['Moka pot', 'Espresso cups'],
      },
      {
        subject: 'A last note about your basket',
        notBefore: 48,
        before: 66,
        shows: ['Moka pot', 'Espresso cups'],
      },
    ],
    journeys: [{ journey: 'cart-recovery', ended: 'completed' }],
  },
  persuaded: {
    mails: [
      {
        subject: 'You left something in your basket',
        notBefore: 3.5,
        before: 9.5,
        shows: ['Olive wood lamp', '119.00'],
      },
    ],
    journeys: [{ journey: 'cart-recovery', ended: 'converted' }, reviewToCome],
  },
  collector: {
    mails: [
      {
        subject: 'You left something in your basket',
        notBefore: 6,
        before: 12,
        shows: ['Wool throw', 'Moka pot', 'Olive wood lamp', '238.40'],
        lacks: ['Espresso cups', 'Ceramic bowl'],
      },
      {
        subject: 'Still thinking about Wool throw?',
        notBefore: 29,
        before: 33,
        shows: ['Wool throw'],
        lacks: ['Espresso cups', 'Ceramic bowl'],
      },
    ],
    journeys: [{ journey: 'cart-recovery', ended: 'converted' }, reviewToCome],
  },
  reserved: {
    mails: [
      {
        subject: 'Your basket at Itinera Demo Shop is saved',
        notBefore: 7.5,
        before: 13.5,
        shows: ['Wool throw', '84.90'],
      },
    ],
    journeys: [{ journey: 'cart-recovery', ended: 'completed' }],
  },
  hasty: {
    mails: [],
    journeys: [{ journey: 'cart-recovery', refused: 'already-converted' }, reviewToCome],
  },
  reviewer: {
    mails: [
      {
        subject: 'How do you like Glass vase?',
        notBefore: 25,
        before: 30,
        shows: ['Glass vase', 'order-7'],
      },
    ],
    journeys: [{ journey: 'review-request', ended: 'reviewed' }],
  },
};
