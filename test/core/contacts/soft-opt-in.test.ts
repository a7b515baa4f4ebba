import { consentAfter } from '../../../src/core/contacts/consent-after';
import { contactFactsOf, type Contact } from '../../../src/core/contacts/contact';
import { contactId } from '../../../src/core/ids';
import { consentAgainst } from '../../../src/core/messages/consent-against';

const basis = 'soft-opt-in';
const soft = (at: number) => ({ given: true, at, basis }) as const;
const own = (given: boolean, at: number) => ({ given, at });
const now = 100;

describe('a soft opt-in', () => {
  it('counts where nothing is stored, and is renewed by a later sale', () => {
    expect(consentAfter(undefined, soft(10), now)).toEqual(soft(10));
    expect(consentAfter(soft(10), soft(20), now)).toEqual(soft(20));
    expect(consentAfter(soft(20), soft(10), now)).toEqual(soft(20));
  });

  it('replaces no word of the person, however old it is', () => {
    expect(consentAfter(own(false, 10), soft(90), now)).toEqual(own(false, 10));
    expect(consentAfter(own(true, 10), soft(90), now)).toEqual(own(true, 10));
  });

  it('gives way to every word of the person, however old it is', () => {
    const copy = { ...own(true, 5), undated: true } as const;

    expect(consentAfter(soft(10), own(false, 5), now)).toEqual(own(false, 5));
    expect(consentAfter(soft(10), own(true, 5), now)).toEqual(own(true, 5));
    expect(consentAfter(soft(10), copy, now)).toEqual(own(true, 5));
    expect(consentAfter(soft(10), null, now)).toBeUndefined();
  });

  it.each([
    [true, soft(10), undefined],
    [false, soft(10), 'no-consent'],
    [true, own(false, 10), 'refused-consent'],
    [true, undefined, 'no-consent'],
    [false, own(true, 10), undefined],
  ])('where the workspace allows it: %s, of %j the gate says %s', (softOptIn, word, reason) => {
    const consents = word ? { marketing: { email: word } } : {};

    const against = consentAgainst(
      { consents },
      { purpose: 'marketing', channel: 'email', softOptIn },
    );

    expect(against).toBe(reason);
  });

  it('is no consent to a condition or a template', () => {
    const contact: Contact = {
      ...{ id: contactId('c1'), anonymousIds: [], externalIds: [], traits: {}, tags: [] },
      ...{ createdAt: 1, updatedAt: 1 },
      consents: { marketing: { email: soft(10), sms: own(true, 10) } },
    };

    expect(contactFactsOf(contact)).toMatchObject({ consents: { marketing: { sms: true } } });
    expect(contactFactsOf(contact)).not.toHaveProperty('consents.marketing.email');
  });
});
