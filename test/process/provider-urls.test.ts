import { parseConfig } from '../../src/process/config';

describe('configuration of the providers', () => {
  it.each([
    'smtp://127.0.0.1:1025',
    'resend://re_1@api.resend.com?maxConnections=20',
    'brevo://xkeysib-1@api.brevo.com',
    'ses://AKIA1:se%2Fcret@email.eu-south-1.amazonaws.com?configurationSet=shop',
  ])('takes %s for the provider of e-mail', (url) => {
    expect(parseConfig({ EMAIL_URL: url }).providerUrls.email).toBe(url);
  });

  it('takes one provider of e-mail alone', () => {
    const both = { EMAIL_URL: 'resend://re_1@api.resend.com', SMTP_URL: 'smtp://127.0.0.1:1025' };

    expect(() => parseConfig(both)).toThrow(/EMAIL_URL/);
  });

  it('takes two secrets of reports, while one replaces the other', () => {
    const [older, newer] = ['e'.repeat(16), 'f'.repeat(16)];
    const { webhookSecrets } = parseConfig({
      EMAIL_WEBHOOK_SECRET: `${newer},${older}`,
      WHATSAPP_WEBHOOK_SECRET: older,
    });

    expect(webhookSecrets).toEqual({ email: [newer, older], whatsapp: [older] });
    expect(() => parseConfig({ EMAIL_WEBHOOK_SECRET: 'short' })).toThrow(/EMAIL_WEBHOOK_SECRET/);
  });
});
