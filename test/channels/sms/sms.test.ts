import { sms } from '../../../src/channels/sms/sms';
import { partsOf } from '../../../src/channels/sms/sms-content';

const asIs = (source: string) => source;

describe('the template of a text message', () => {
  it('tells the facts that it reads, and whether it always has a way out', async () => {
    const text = 'Ciao {{ contact.traits.firstName }}! {{ links.unsubscribe }}';

    expect(await sms.compile({ text }, '/locales/it')).toEqual({
      compiled: { text },
      variables: ['contact.traits.firstName', 'links.unsubscribe'],
      hasUnsubscribe: true,
      faults: [],
    });
  });

  it('is refused with the place of its fault', async () => {
    const { faults } = await sms.compile({ text: '{{ contact.email' }, '/locales/it');

    expect(faults).toMatchObject([{ pointer: '/locales/it/text' }]);
  });

  it.each([
    ['a'.repeat(1_601), /1601 characters/],
    [' ', /empty/],
  ])('prints no text that a carrier would not take', (text, fault) => {
    expect(() => sms.render({ text }, asIs)).toThrow(fault);
  });

  it('leaves out addresses that the workspace does not name', () => {
    const rule = { domains: ['shop.example'], unsubscribeUrl: 'https://u.example/u/1' };
    const text = 'https://shop.example/a https://evil.test/b https://u.example/u/1';

    expect(sms.render({ text }, asIs, rule).text).toBe(
      'https://shop.example/a  https://u.example/u/1',
    );
  });
});

describe('the parts of a text message', () => {
  it.each([
    ['plain', 'a'.repeat(160), 1],
    ['plain and long', 'a'.repeat(161), 2],
    ['with characters of two places', '€'.repeat(80), 1],
    ['with too many of those', '€'.repeat(81), 2],
    ['beyond the alphabet', `${'a'.repeat(69)}ž`, 1],
    ['beyond the alphabet and long', `${'a'.repeat(70)}ž`, 2],
    ['with a picture', '😀'.repeat(36), 2],
  ])('of a text that is %s', (_what, text, parts) => {
    expect(partsOf(text)).toBe(parts);
    expect(sms.inspect({ text }).parts).toBe(parts);
  });
});
