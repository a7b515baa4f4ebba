import { createHash } from 'node:crypto';
import { openTestApi, type TestApi } from '../test-api';
import { linkOf, offeredIn, workspace } from './page-links';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

describe('the page behind an unsubscribe link', () => {
  it('offers what the person can be reached by, with the change that is possible', async () => {
    const path = await linkOf(api, 'ada', { consents: { marketing: { email: true } } });

    const page = await api.anonymous.get(path);

    expect(offeredIn(page)).toEqual(['service.email.off', 'marketing.email.off', 'all.off']);
  });

  it('offers what the person has a word on, though nothing reaches it there', async () => {
    const path = await linkOf(api, 'bea', { consents: { marketing: { sms: false } } });

    const page = await api.anonymous.get(path);

    expect(offeredIn(page)).toContain('marketing.sms.on');
    expect(offeredIn(page)).not.toContain('service.sms.off');
  });

  it('shows nothing of the contact but its choices', async () => {
    const path = await linkOf(api, 'cyd', { phone: '+390612345678', traits: { note: 'canary' } });

    const { text } = await api.anonymous.get(path);

    expect(text).not.toMatch(/cyd|shop\.test|0612345678|canary/);
  });

  it('writes the name of the shop as text', async () => {
    const home = await api.store.workspaces.find(workspace);
    await api.admin.put('/v1/workspace').send({ ...home, id: undefined, name: '<i>Shop & Co</i>' });
    const path = await linkOf(api, 'dot');

    const { text } = await api.anonymous.get(path);

    expect(text).toContain('Messages from &#60;i&#62;Shop &#38; Co&#60;/i&#62;');
    expect(text).not.toContain('<i>');
  });

  it.each([
    ['it-IT', 'en', 'it'],
    ['en', 'it', 'en'],
    [undefined, 'de, it;q=0.8, en;q=0.9', 'en'],
    [undefined, 'de, IT-ch;q=0.8, en;q=0', 'it'],
    ['de', 'it', 'it'],
    ['de', 'fr', 'en'],
    [undefined, ',;q=,;;q=x,en;q=-1,*', 'en'],
  ])('speaks the language of %s, else of %s: %s', async (locale, accepted, language) => {
    const name = `eve-${locale}-${accepted.length}`;
    const path = await linkOf(api, name, locale === undefined ? {} : { locale });

    const pages = [
      await api.anonymous.get(path).set('Accept-Language', accepted),
      await api.anonymous.post(path).set('Accept-Language', accepted),
    ];

    for (const { text } of pages) expect(text).toContain(`<html lang="${language}">`);
  });

  it('speaks the language of the browser where the link is not ours', async () => {
    const page = await api.anonymous.get('/u/x').set('Accept-Language', 'it');

    expect(page.text).toContain('Questo link non è valido');
  });

  it('runs no script, and lets in the one style that it has', async () => {
    const { text, headers } = await api.anonymous.get(await linkOf(api, 'fay'));

    const digest = createHash('sha256').update(styleIn(text)).digest('base64');
    expect(text).not.toMatch(/<script|javascript:| on\w+=| style=|src=|<link/i);
    expect(headers['content-security-policy']).toContain(`;style-src 'sha256-${digest}'`);
  });

  it('is legible: each text has a contrast of at least 4.5 to what it stands on', async () => {
    const { text } = await api.anonymous.get(await linkOf(api, 'gil'));

    const pairs = colorPairsIn(styleIn(text));

    expect(pairs.length).toBeGreaterThan(4);
    for (const pair of pairs) expect([...pair, contrastOf(pair) >= 4.5]).toEqual([...pair, true]);
  });
});

const styleIn = (html: string) => /<style>([^]*)<\/style>/.exec(html)?.[1] ?? '';

/** Each color of a text with the ground of its own rule, else with every ground of the page. */
function colorPairsIn(style: string): readonly (readonly [string, string])[] {
  const rules = [...style.matchAll(/{([^}]*)}/g)].map(([, rule = '']) => ({
    text: /(?:^|;)color:(#\w+)/.exec(rule)?.[1],
    ground: /(?:^|;)background:(#\w+)/.exec(rule)?.[1],
  }));
  const grounds = rules.flatMap(({ text, ground }) => (ground && !text ? [ground] : []));
  return rules.flatMap(({ text, ground }) =>
    text ? (ground ? [ground] : grounds).map((under) => [text, under] as const) : [],
  );
}

/** WCAG 2.2, contrast ratio. */
function contrastOf(pair: readonly [string, string]): number {
  const [dark = 0, light = 0] = pair.map(luminanceOf).toSorted((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
}

function luminanceOf(color: string): number {
  const digits = color.length === 4 ? color.replaceAll(/\w/g, '$&$&') : color;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
