import { consentChanges } from '../../../src/core/contacts/consents/consent-line';
import type { Consents, StatedConsents } from '../../../src/core/contacts/contact';

const email = (given: boolean, at: number): Consents => ({ marketing: { email: { given, at } } });
const about = { purpose: 'marketing', channel: 'email' } as const;
const changes = (before: Consents, after: Consents, stated: StatedConsents = {}) =>
  consentChanges({ before, after, stated, now: 9 });

describe('a change of a consent', () => {
  it('is a first word, another word, and the same word given anew', () => {
    expect(changes({}, email(true, 1))).toEqual([{ ...about, given: true, at: 1 }]);
    expect(changes(email(true, 1), email(false, 2))).toEqual([{ ...about, given: false, at: 2 }]);
    expect(changes(email(true, 1), email(true, 2))).toEqual([{ ...about, given: true, at: 2 }]);
  });

  it('is a word that was taken away: null, from now on', () => {
    expect(changes(email(true, 1), {})).toEqual([{ ...about, given: null, at: 9 }]);
  });

  it('is no word that stands as it stood, nor the copy of one', () => {
    const copy = { marketing: { email: { given: false, at: 2, undated: true } } } as const;

    expect(changes(email(true, 1), email(true, 1))).toEqual([]);
    expect(changes(email(false, 1), email(false, 2), copy)).toEqual([]);
    expect(changes(email(true, 1), email(false, 2), copy)).toHaveLength(1);
  });

  it('has the circumstances that were stated with it', () => {
    const circumstances = { textVersion: '3', evidence: { form: '/newsletter' } };
    const stated = { marketing: { email: { given: true, at: 1, ...circumstances } } };

    expect(changes({}, email(true, 1), stated)).toEqual([
      { ...about, given: true, at: 1, ...circumstances },
    ]);
  });

  it('is told apart by purpose and channel', () => {
    const after = {
      marketing: { email: { given: true, at: 1 }, sms: { given: true, at: 1 } },
      service: { email: { given: false, at: 1 } },
    };

    const found = changes(email(true, 1), after).map(({ purpose, channel }) => [purpose, channel]);

    expect(found).toEqual([
      ['service', 'email'],
      ['marketing', 'sms'],
    ]);
  });
});
