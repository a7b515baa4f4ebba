import { ProviderTrouble } from '../../../src/channels/channel';
import type { Conduct, Served } from './served';
import { serveSmtp } from './smtp';
import { serveBrevo, serveResend, serveSes, serveTwilio, serveWhatsApp } from './over-http';

describe.each([
  ['SMTP', serveSmtp],
  ['Resend', serveResend],
  ['Brevo', serveBrevo],
  ['Amazon SES', serveSes],
  ['Twilio', serveTwilio],
  ['WhatsApp', serveWhatsApp],
] as const)('the contract of a provider, as %s keeps it', (_name, serve) => {
  let served: Served | undefined;
  const before = async (conduct: Conduct) => {
    served = await serve(conduct);
    return served;
  };

  afterEach(async () => {
    await served?.close();
    served = undefined;
  });

  it('answers with the id of what was accepted', async () => {
    const { deliver, taken } = await before('accepts');

    const answer = await deliver();

    expect(answer).toEqual({ kind: 'accepted', providerId: expect.stringMatching(/./) as string });
    expect(taken()).toBe(1);
  });

  it.each([
    ['refuses the address', 'address-refused'],
    ['refuses the content', 'content-refused'],
  ] as const)('answers for good where the server %s', async (conduct, because) => {
    const { deliver, taken } = await before(conduct);

    expect(await deliver()).toMatchObject({ kind: 'refused', because });
    expect(taken()).toBe(0);
  });

  it.each([
    ['refuses the credentials', 'unauthorized'],
    ['asks to wait', 'deferred'],
    ['fails', 'deferred'],
    ['accepts and says nothing', 'unanswered'],
    ['answers garbage', 'unanswered'],
  ] as const)('is in trouble where the server %s', async (conduct, kind) => {
    const { deliver } = await before(conduct);

    await expect(deliver()).rejects.toMatchObject({ name: 'ProviderTrouble', kind });
  });

  it('repeats no credentials that the server has answered with', async () => {
    const { deliver } = await before('refuses the credentials');

    await expect(deliver()).rejects.toThrow(/^(?!.*secret).+/);
  });

  it('heeds the pause that the server asks for', async () => {
    const { deliver } = await before('asks to wait');

    const trouble = await deliver().catch((error: unknown) => error);

    expect(trouble).toBeInstanceOf(ProviderTrouble);
    expect(trouble).toMatchObject({ retryAfterMs: 120_000 });
  });
});
