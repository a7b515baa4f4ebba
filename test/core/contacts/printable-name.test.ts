import { printableName } from '../../../src/core/contacts/printable-name';

describe('a name that is printed', () => {
  it.each(['Giulia', "Jean-Luc d'Arc", 'Zoë', '李', 'J. R. Smith', 'Mary Ann', 'x'.repeat(50)])(
    'R53: is %j as it is',
    (name) => {
      expect(printableName(name)).toBe(name);
      expect(printableName(` ${name}\n`)).toBe(name);
    },
  );

  it.each([
    '',
    '   ',
    '-',
    '12345',
    'x'.repeat(51),
    'Win at https://evil.example',
    'www.evil.example',
    'WWW.evil',
    'evil.com',
    'go to evil.com/win',
    'a@b.example',
    '<b>Anna</b>',
    '{{ contact.email }}',
    'Anna\nBuy now',
    'Anna\u202enna',
    null,
    undefined,
    12,
    ['Anna'],
    { first: 'Anna' },
  ])('R53: is none for %j', (value) => {
    expect(printableName(value)).toBeUndefined();
  });
});
