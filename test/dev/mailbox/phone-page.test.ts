import { phonePage } from '../../../dev/mailbox/phone-page';

const given = { provider: 'whatsapp', account: 'a', to: '+393331234567', from: '1061' };

describe('a message on the page of a telephone', () => {
  it('says who writes, by which app, and makes links of web addresses', () => {
    const page = phonePage({ ...given, text: 'Ciao https://shop.example/c?a=1&b=2!' }, 'whatsapp');

    expect(page).toContain('<strong>1061</strong> · WhatsApp');
    const address = 'https://shop.example/c?a=1&#38;b=2!';
    expect(page).toContain(`Ciao <a href="${address}">${address}</a>`);
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'https://shop.example/"onmouseover="alert(1)',
    "https://shop.example/'><script>",
    'javascript:alert(1)',
  ])('runs nothing: %s', (text) => {
    const page = phonePage({ ...given, from: text, text }, 'sms');

    expect(page).not.toMatch(/<script|<img|"onmouseover|href="javascript/);
  });
});
