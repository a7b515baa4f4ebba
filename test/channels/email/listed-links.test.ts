import { renderEmail } from '../../../src/channels/email/render-email';
import { isListed } from '../../../src/channels/links/listed';
import { createLiquid } from '../../../src/channels/liquid/liquid';

const rule = {
  domains: ['shop.example', '*.cdn.example', 'xn--bcher-kva.example'],
  unsubscribeUrl: 'https://mail.itinera.example/u/token',
};

/** The message of this HTML, in which `url` is a property of an event. */
function rendered(html: string, url = '', text?: string) {
  const content = { subject: 'For you {{ url }}', html, ...(text !== undefined && { text }) };
  return renderEmail(
    content,
    (source, output) => {
      const liquid = createLiquid({ locale: 'en' }, output);
      return String(liquid.renderSync(liquid.parse(source), { url }));
    },
    rule,
  );
}

/** Each leads elsewhere, or to another host by another parser's reading. */
const elsewhere = [
  'https://evil.test/',
  'HTTPS://EVIL.TEST',
  '//evil.test/a',
  'https://shop.example@evil.test/',
  'https://shop.example:pw@evil.test/',
  'https://evil.test@shop.example/',
  'https://shop.example\\@evil.test/',
  'https:\\\\evil.test',
  '/\\evil.test',
  'https:/evil.test',
  'https:evil.test',
  'https://shop.example.evil.test/',
  'https://evil-shop.example/',
  'https://a.shop.example/',
  'https://cdn.example/',
  'https://evilcdn.example/',
  'https://shop.example./',
  'https://shоp.example/',
  'https://shop.example。evil.test/',
  'https://shop.example%2eevil.test/',
  'https://evil.test#.shop.example',
  'https://evil.test?https://shop.example',
  'https://sh\top.example/',
  'https://evil\t.test/',
  'http://2130706433/',
];
const listed = [
  'https://shop.example/p?a=1&b=2#c',
  'http://SHOP.example:8080/p',
  'https://img.cdn.example/a.png',
  'https://a.b.cdn.example/a.png',
  'https://bücher.example/',
  'https://mail.itinera.example/u/token',
  'https://shop.example/to?next=https://evil.test',
];

describe('attack 13: a message of a workspace that names where its links lead', () => {
  it.each(elsewhere)('has no link and no picture of %j', (url) => {
    const { html, text } = rendered(
      '<p>See <a href="{{ url }}">the basket</a></p><img src="{{ url }}" alt="">',
      url,
      'See the basket',
    );

    expect(html).toBe('<p>See <a>the basket</a></p>');
    expect(text).toBe('See the basket');
  });

  it.each(listed)('keeps %j', (url) => {
    const { html } = rendered('<a href="{{ url }}">a</a><img src="{{ url }}">', url);

    expect(html.match(/(?:href|src)="/g)).toHaveLength(2);
    expect(isListed(url, rule)).toBe(true);
  });

  it.each([
    ['a style', '<p style="color: red; background: url({{ url }})">a</p>'],
    ['a style in quotes', `<p style="background: url('{{ url }}')">a</p>`],
    ['a sheet', '<style>@import "{{ url }}"; p { background: url({{ url }}) }</style><p>a</p>'],
    ['other sources of a picture', '<img src="https://shop.example/" srcset="{{ url }} 2x">'],
    ['a refresh', '<meta http-equiv="refresh" content="0;url={{ url }}"><p>a</p>'],
    ['an object', '<object data="{{ url }}"></object><p>a</p>'],
    ['a comment for Outlook', '<!--[if mso]><v:fill src="{{ url }}" /><![endif]--><p>a</p>'],
    ['a text that readers make a link of', '<p>Win at {{ url }} now</p>'],
    ['a title', '<p title="{{ url }}">a</p>'],
  ])('leads nowhere else by %s', (_what, html) => {
    for (const url of ['https://evil.test/x', 'HTTP://evil.test', 'https:\\\\evil.test/x']) {
      const made = rendered(html, url);

      expect(made.html).not.toMatch(/evil/i);
      expect(made.text).not.toMatch(/evil/i);
    }
  });

  it('leads nowhere else by escapes of CSS', () => {
    const style = String.raw`background: u\72l(https:\2f\2f evil\.test/a.png)`;

    expect(rendered(`<p style="${style}">a</p>`).html).not.toMatch(/evil/);
  });

  it('leads nowhere else by its text and its subject', () => {
    const made = rendered('<p>a</p>', 'www.evil.test/a', 'Win at {{ url }}. Or https://evil.test!');

    expect(made).toMatchObject({ subject: 'For you', text: 'Win at . Or !' });
  });

  it('keeps texts, styles, numbers and addresses of mail as they are', () => {
    const kept =
      '<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><style>p > a { color: red }</style>' +
      '<!--[if mso]><xml xmlns:o="urn:a"></xml><![endif]-->' +
      '<p style="font: 12px/1.5 a">24/7, see https://shop.example/a. &amp; (https://shop.example)</p>' +
      '<a href="mailto:a@evil.test">a</a><a href="#top">b</a><img alt="c" src="https://shop.example/a;b//c"></html>';

    expect(rendered(kept).html).toBe(kept);
  });

  it.each([
    ['a host of very many labels', `https://${'a.'.repeat(50_000)}test`],
    ['very many stops', `https:${'.'.repeat(100_000)}x`],
    ['very many slashes', `https:${'/'.repeat(100_000)}`],
    ['very many addresses', 'https://evil.test '.repeat(5_000)],
  ])('is made in time with %s', (_what, url) => {
    const startedAt = performance.now();

    rendered('<p title="{{ url }}" style="a: {{ url }}">{{ url }}</p>', url);

    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('keeps pictures that it carries itself', () => {
    const kept = '<p style="background: url(data:image/png;base64,iVBOR//8A/ABC=)">a</p>';

    expect(rendered(kept).html).toBe(kept);
  });
});

describe('a workspace that names no hosts', () => {
  it('has links to any', () => {
    const html = '<p>At https://evil.test: <a href="https://evil.test/">a</a></p>';

    const made = renderEmail({ subject: 'a', html }, (source) => source);

    expect(made.html).toBe(html);
  });
});
