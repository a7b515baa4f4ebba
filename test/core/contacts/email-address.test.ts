import { emailAddress, requiredEmailAddress } from '../../../src/core/contacts/address.schema';
import { contactRefSchema } from '../../../src/core/contacts/contact.schema';
import { envelopeAddressOf } from '../../../src/core/contacts/email-address';

const pasted = [
  '\u200fada@shop.test',
  '\u202bada@shop.test\u202c',
  'ada@\u200bshop.test',
  '\ufeffada@shop.test',
  '\u00a0ada@shop.test\u00a0',
  'ada@shop.test\u00ad',
];
const blanks = ['', ' ', '\t\n', '\u200f', ' \ufeff\u00a0'];

describe('an e-mail address at a door', () => {
  it.each(pasted)('R45: loses the characters that nobody sees: %j', (text) => {
    expect(emailAddress.parse(text)).toBe('ada@shop.test');
    expect(requiredEmailAddress.parse(text)).toBe('ada@shop.test');
  });

  it.each([' ada@shop.test', 'ada@shop.test\n', '\t ada@shop.test  '])(
    'R9: loses the blanks around it: %j',
    (text) => {
      expect(requiredEmailAddress.parse(text)).toBe('ada@shop.test');
    },
  );

  it.each(blanks)('R9: is blank, or missing where it is required: %j', (text) => {
    expect(emailAddress.parse(text)).toBe('');
    expect(requiredEmailAddress.safeParse(text).success).toBe(false);
  });

  it.each([
    'ada',
    'ad a@shop.test',
    'ada@shop.test, bea@shop.test',
    'Ada <ada@shop.test>',
    '"ada"@shop.test',
    'àda@shop.test',
    '用户@shop.test',
    'ada@shop',
    'ada@-shop.test',
    'ada@shop..test',
    'ada@[127.0.0.1]',
  ])('R46: is taken exactly where it can be sent to: %j', (text) => {
    expect(emailAddress.safeParse(text).success).toBe(envelopeAddressOf(text) !== undefined);
  });
});

describe('the address of an envelope', () => {
  it.each([
    ['a..b@docomo.test', '"a..b"@docomo.test'],
    ['.ab@docomo.test', '".ab"@docomo.test'],
    ['ab.@docomo.test', '"ab."@docomo.test'],
    ['a.b@docomo.test', 'a.b@docomo.test'],
  ])('R46: has a local part with a dot too many in quotes: %s', (text, address) => {
    expect(envelopeAddressOf(text)).toBe(address);
  });

  it.each(['àda@shop.test', '用户@shop.test', '\u200fada@shop.test'])(
    'R46: is none where the local part is not ASCII: %j',
    (text) => {
      expect(envelopeAddressOf(text)).toBeUndefined();
    },
  );
});

describe('a ref with a blank address', () => {
  it.each(blanks)('R9: is its other fields: %j', (blank) => {
    const ref = { userId: 'ada', email: blank, phone: blank };

    expect(contactRefSchema.parse(ref)).toEqual({ userId: 'ada' });
  });

  it.each(blanks)('R9: names nobody where it has no other: %j', (email) => {
    expect(contactRefSchema.safeParse({ email }).success).toBe(false);
  });
});
