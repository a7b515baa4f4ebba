import { internationalNumber } from '../../../../src/core/contacts/reach/phone-number';

describe('the international form of a number', () => {
  it.each([
    ['+39 333 123 45 67', '+393331234567'],
    ['0039 (333) 123-45.67', '+393331234567'],
    ['+1/500/555-0006', '+15005550006'],
    ['333 1234567', undefined],
    ['+0123456789', undefined],
    ['+39', undefined],
    ['+3933312345678901', undefined],
    ['+39333123456x', undefined],
    ['', undefined],
  ])('of %j is %j', (phone, number) => {
    expect(internationalNumber(phone)).toBe(number);
  });
});
