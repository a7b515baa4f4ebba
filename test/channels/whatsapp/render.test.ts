import { whatsapp } from '../../../src/channels/whatsapp/whatsapp';
import type { WhatsAppContent } from '../../../src/channels/whatsapp/whatsapp-content';
import { reminder } from './content';

const values: Record<string, string> = {
  '{{ entry.properties.title }}': 'Lampada Àrtica',
  '{{ links.unsubscribe }}': 'https://go.example/u/1',
  '{{ url }}': 'https://shop.example/cart/c-1?x=1',
};
const fill = (source: string) => values[source] ?? 'Giulia';

const withBody = (text: string, printed: string): [WhatsAppContent, () => string] => [
  { template: 'cart_reminder', language: 'it', body: { text, parameters: { 1: 'x' } } },
  () => printed,
];
const withButton = (url: string, printed: string): [WhatsAppContent, () => string] => [
  { ...reminder, body: { text: 'Ciao' }, buttons: [{ text: 'Vai', url, parameter: 'x' }] },
  () => printed,
];

describe('a message of WhatsApp', () => {
  it('is for the person one text, and for WhatsApp the values of its places', () => {
    expect(whatsapp.render(reminder, fill)).toEqual({
      template: 'cart_reminder',
      language: 'it',
      text: [
        'Il tuo carrello',
        'Ciao Giulia, ti aspetta ancora: Lampada Àrtica. Non vuoi più messaggi? https://go.example/u/1',
        'Bottega Rossi',
        '[Torna al carrello] https://shop.example/cart/c-1?x=1',
        '[Parla con noi]',
      ].join('\n\n'),
      filled: [
        {
          part: 'body',
          values: [
            { text: 'Giulia' },
            { text: 'Lampada Àrtica' },
            { text: 'https://go.example/u/1' },
          ],
        },
        { part: 'button', index: 0, values: [{ text: 'c-1?x=1' }] },
      ],
    });
  });

  it('gives ten values in the order of their numbers', () => {
    const numbers = Array.from({ length: 10 }, (_, index) => index + 1);
    const text = numbers.map((number) => `{{${number}}}`).join(' ');
    const parameters = Object.fromEntries(numbers.toReversed().map((n) => [n, String(n)]));
    const content = { ...reminder, buttons: [], body: { text, parameters } };

    const { filled } = whatsapp.render(content, (source) => source);

    expect(filled).toEqual([
      { part: 'body', values: numbers.map((number) => ({ text: String(number) })) },
    ]);
  });

  it('names the values of places that have names', () => {
    const body = { text: 'Ciao {{first_name}}', parameters: { first_name: 'x' } };

    const { filled } = whatsapp.render({ ...reminder, body, buttons: [] }, () => 'Giulia');

    expect(filled).toEqual([{ part: 'body', values: [{ name: 'first_name', text: 'Giulia' }] }]);
  });

  it.each([
    ['line\r\nbreaks\n\nand\ttabs', 'line breaks and tabs'],
    ['  blanks       in a row ', 'blanks in a row'],
    ['a\u0000control\u0007character', 'a control character'],
    ['{{1}} $& {{2}}', '{{1}} $& {{2}}'],
    ['Žižek 👩‍👩‍👧 مرحبا', 'Žižek 👩‍👩‍👧 مرحبا'],
    ['half an emoji \ud83d', 'half an emoji \ufffd'],
  ])('has each value in one line, and as it is: %j', (printed, text) => {
    const { filled, text: whole } = whatsapp.render(...withBody('Ciao {{1}}!', printed));

    expect(filled).toEqual([{ part: 'body', values: [{ text }] }]);
    expect(whole).toBe(`Ciao ${text}!`);
  });

  it.each([
    ['an empty value', withBody('Ciao {{1}}', ' \n '), /place 1 of its body is empty/],
    ['too long a value', withBody('Ciao {{1}}', 'x'.repeat(1_020)), /1025 characters/],
    ['an empty address', withButton('https://shop.example/{{1}}', ''), /button is empty/],
    [
      'the address of another host',
      withButton('https://shop.example/{{1}}', 'https://evil.test/'),
      /does not begin with/,
    ],
    ['a host alone', withButton('https://shop.example/{{1}}', '//evil.test'), /does not begin/],
    ['a script', withButton('https://shop.example/{{1}}', 'javascript:x'), /does not begin/],
    ['blanks', withButton('https://shop.example/{{1}}', 'a b'), /does not begin/],
    [
      'too long an address',
      withButton('https://shop.example/{{1}}', 'x'.repeat(1_990)),
      /2011 characters/,
    ],
  ])('is not sent with %s', (_what, [content, printed], fault) => {
    expect(() => whatsapp.render(content, printed)).toThrow(fault);
  });

  it('tells no value in its faults', () => {
    const render = () => whatsapp.render(...withButton('https://shop.example/{{1}}', 'a secret'));

    expect(render).toThrow(/^(?!.*secret)/);
  });
});

describe('a message of WhatsApp where the workspace names its domains', () => {
  const rule = { domains: ['shop.example'], unsubscribeUrl: 'https://go.example/u/1' };

  it('leaves addresses of others out of values', () => {
    const [content, printed] = withBody('Ciao {{1}}', 'a https://evil.test/x www.evil.test b');

    expect(whatsapp.render(content, printed, rule).text).toBe('Ciao a b');
  });

  it('has those that are named, and the way out', () => {
    expect(whatsapp.render(reminder, fill, rule).text).toBe(whatsapp.render(reminder, fill).text);
  });

  it.each([
    ['the approved words', withBody('https://evil.test/ {{1}}', 'x')],
    ['a value behind the approved words', withBody('https://{{1}}', 'evil.test')],
    ['a value before the approved words', withBody('{{1}}://evil.test', 'https')],
    ['a button', withButton('https://evil.test/{{1}}', 'x')],
  ])('is not sent where %s lead elsewhere', (_what, [content, printed]) => {
    expect(() => whatsapp.render(content, printed, rule)).toThrow(/does not name/);
  });
});
