import { createLiquid } from '../../../src/channels/liquid/liquid';
import { renderEmail } from '../../../src/channels/email/render-email';
import { withWholeLinks } from '../../../src/channels/email/html/whole-links';

const rendered = (url: string) =>
  renderEmail(
    {
      subject: 'Links',
      html: '<p>See <a href="{{ url }}">the basket</a></p><img src="{{ url }}" alt="">',
    },
    (source, output) => {
      const liquid = createLiquid({ locale: 'en' }, output);
      return String(liquid.renderSync(liquid.parse(source), { url }));
    },
  );

describe('links and pictures of a rendered e-mail', () => {
  it.each([
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'intent://scan#Intent;end',
  ])('R47: never lead to %j', (url) => {
    const { html, text } = rendered(url);

    expect(html).toBe('<p>See <a>the basket</a></p>');
    expect(text).toBe('See the basket');
  });

  it.each(['', ' ', '/p/a', 'p/a', '?a=1', 'https:', 'https:/p/a', 'https:///p/a', '\\\\cdn\\a'])(
    'R47: are absent where %j has no protocol and host',
    (url) => {
      const { html, text } = rendered(url);

      expect(html).toBe('<p>See <a>the basket</a></p>');
      expect(text).toBe('See the basket');
    },
  );

  it('R47: get https where only the protocol is missing', () => {
    const { html, text } = rendered('//cdn.example.com/a.jpg?a=1&b=2');

    expect(html).toContain('href="https://cdn.example.com/a.jpg?a=1&amp;b=2"');
    expect(html).toContain('src="https://cdn.example.com/a.jpg?a=1&amp;b=2"');
    expect(text).toContain('<https://cdn.example.com/a.jpg?a=1&b=2>');
  });

  it.each(['https://shop.example.com/a?b=1&c=2', 'http://shop.example.com', '#top'])(
    'R47: stay as they are where they are whole: %s',
    (url) => {
      const source = `<!--[if mso]><table><![endif]--><a href='${url}'>a</a><br /><img src="${url}"/>`;

      expect(withWholeLinks(source)).toBe(source);
    },
  );

  it('R47: keep addresses of mail and telephone in links', () => {
    const source = '<a href="mailto:a@shop.example.com">a</a><a href="tel:+39011">b</a>';

    expect(withWholeLinks(source)).toBe(source);
  });

  it('R47: leave everything else of the message readable', () => {
    const kept = '<!DOCTYPE html><style>a > b { color: red }</style><p>a &amp; b&nbsp;&lt;c</p>';

    expect(withWholeLinks(`${kept}<a href="/p">d</a>`)).toBe(`${kept}<a>d</a>`);
  });
});
