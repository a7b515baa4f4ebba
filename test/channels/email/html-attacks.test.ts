import { renderEmail } from '../../../src/channels/email/render-email';
import { compileTemplate } from '../../../src/channels/templates/compile-template';
import { rendererHere } from '../../support/renderer';
import { templateOf } from '../templates/builders';

const printed = (html: string) => renderEmail({ subject: 'Hi', html }, (source) => source);

describe('attack 2: HTML that takes long to read', () => {
  it.each(['colspan="100000000"', 'rowspan="100000000"', 'COLSPAN=1e9', 'colspan="-5" rowspan=x'])(
    'has cells with modest spans in its text part: %s',
    (span) => {
      const html = `<table class="items"><tr><td ${span}>Moka</td><td>12</td></tr></table>`;

      const email = printed(html);

      expect(email.text).toMatch(/^Moka\s+12$/);
      expect(email.html).toBe(html);
    },
  );

  it('has few cells that span others', () => {
    const enrollment = '<tr><td colspan="20" rowspan="20">x</td></tr>';

    const { text } = printed(`<table class="items">${enrollment.repeat(4_000)}</table>`);

    expect(text.match(/x/g)).toHaveLength(4_000);
  });

  it.each(['<div>', '<ul><li>', '<b>', '<table><tr><td>'])(
    'is refused where it lies deep in itself: %s',
    async (tags) => {
      const html = tags.repeat(15_000);

      const compilation = await compileTemplate(
        templateOf({ en: { subject: 'Hi', html } }),
        rendererHere.compileContent,
      );

      expect(compilation).toMatchObject({
        kind: 'faulty',
        faults: [{ pointer: '/locales/en/html', code: 'html-too-deep' }],
      });
      expect(() => printed(html)).toThrow('200 deep');
    },
  );

  it('is taken where elements close each other, or need no end', () => {
    const { text } = printed('<p>x<br><img src="https://shop.example/i.jpg">'.repeat(300));

    expect(text.match(/x/g)).toHaveLength(300);
  });
});
