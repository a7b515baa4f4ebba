import { render } from '../../src/channels/templates/render';
import { compileContent } from '../../src/channels/templates/compile-content';
import { compileTemplate } from '../../src/channels/templates/compile-template';
import type { JsonObject } from '../../src/core/json/json';
import { builtInTemplates } from '../../src/library/built-in';
import { cartProperties, deliveryProperties, factsOf, signUpProperties } from './shop-facts';

const gmailCutsOffAt = 102 * 1024;
const compiled = new Map<string, Awaited<ReturnType<typeof compiledOf>>>();

beforeAll(async () => {
  for (const source of builtInTemplates) {
    compiled.set(source.id, await compiledOf(source));
  }
});

async function compiledOf(source: (typeof builtInTemplates)[number]) {
  const compilation = await compileTemplate(source, compileContent);
  if (compilation.kind === 'faulty') throw new Error(JSON.stringify(compilation.faults));
  return compilation.template;
}

function sent(id: string, properties: JsonObject, traits?: JsonObject) {
  const template = compiled.get(id);
  if (!template) throw new Error(`No built-in template "${id}"`);
  return render(template, factsOf(properties, traits), 'it-IT');
}

const cartMails = [
  'cart-recovery-first',
  'cart-recovery-second',
  'cart-recovery-last',
  'cart-recovery-service',
];
const welcomeMails = ['welcome-nurture-welcome', 'welcome-nurture-guide', 'welcome-nurture-help'];
const reviewMails = ['review-request-ask', 'review-request-reminder'];
const allMails: readonly (readonly [string, JsonObject])[] = [
  ...cartMails.map((id) => [id, cartProperties] as const),
  ...welcomeMails.map((id) => [id, signUpProperties] as const),
  ...reviewMails.map((id) => [id, deliveryProperties] as const),
];

describe('every built-in e-mail', () => {
  it('is tested here', () => {
    expect(builtInTemplates.map(({ id }) => id).sort()).toEqual(allMails.map(([id]) => id).sort());
  });

  it.each(allMails)('%s leads to the unsubscribe page, in both parts', (id, properties) => {
    const { html, text } = sent(id, properties);

    expect(compiled.get(id)?.hasUnsubscribe).toBe(true);
    expect(html).toContain('href="https://mail.bottega.example/u/token.signature"');
    expect(text).toContain('<https://mail.bottega.example/u/token.signature>');
  });

  it.each(allMails)('%s leads nowhere but to the shop and to us', (id, properties) => {
    const template = compiled.get(id);
    const facts = { ...factsOf(properties), linkDomains: ['bottega.example', '*.bottega.example'] };

    expect(template && render(template, facts, 'it-IT')).toEqual(sent(id, properties));
  });

  it.each(allMails)('%s names the sender and its postal address', (id, properties) => {
    const { html, text } = sent(id, properties);

    expect(html).toContain('Bottega Anita, Via Roma 1, 10121 Torino');
    expect(text).toContain('Bottega Anita, Via Roma 1, 10121 Torino');
  });

  it.each(allMails)('%s greets by name where there is one', (id, properties) => {
    expect(sent(id, properties).text).toContain('Hi Giulia,');
    expect(sent(id, properties, { first_name: 'Anna' }).text).toContain('Hi Anna,');
    expect(sent(id, properties, {}).text).toContain('Hello,');
  });

  it.each(allMails)('R53: %s greets nobody by what cannot be a name', (id, properties) => {
    for (const firstName of [' ', 'Win at www.evil.example', 'x'.repeat(51), 'a@b.example', 7]) {
      expect(sent(id, properties, { firstName }).text).toContain('Hello,');
      expect(sent(id, properties, { firstName, first_name: ' Anna ' }).text).toContain('Hi Anna,');
    }
  });

  it.each(allMails)('%s stays below the size at which Gmail cuts off', (id, properties) => {
    const products = Array.from({ length: 60 }, (_, index) => ({
      name: `Product ${index}`,
      price: 1,
      url: 'https://x.example',
    }));

    expect(Buffer.byteLength(sent(id, { ...properties, products }).html)).toBeLessThan(
      gmailCutsOffAt,
    );
  });

  it.each(allMails)(
    '%s leaves no Liquid behind and loads nothing but product pictures',
    (id, properties) => {
      const { subject, html, text } = sent(id, properties);

      expect(`${subject}${html}${text}`).not.toMatch(/\{[{%]|[%}]\}/);
      expect(html).not.toMatch(/<link|@import|<script/);
      expect(html).not.toMatch(/\bsrc="(?!https:\/\/bottega\.example\/img\/)/);
    },
  );

  it.each(allMails)('%s has nothing empty in it where the event says little', (id) => {
    const { subject, html, text } = sent(id, {}, {});

    expect(subject).not.toBe('');
    expect(html).not.toMatch(/href=""|src=""/);
    expect(text).not.toMatch(/undefined|null|NaN|<>/);
  });
});

describe.each(cartMails)('%s', (id) => {
  it('shows the basket with its prices', () => {
    const { html, text } = sent(id, cartProperties);

    expect(html).toContain('Moka &#34;Tre Tazze&#34; &amp; co.');
    expect(html).toContain('src="https://bottega.example/img/moka.jpg"');
    expect(text).toContain('Moka "Tre Tazze" & co.');
    expect(text).toContain('€34.50');
    expect(text).toContain('4 × €14.20');
    expect(text).toContain('€91.30');
  });

  it('leads back to the cart', () => {
    const { html, text } = sent(id, cartProperties);

    expect(html).toContain('href="https://bottega.example/cart/7f3a?lang=it&amp;from=app"');
    expect(text).toContain('<https://bottega.example/cart/7f3a?lang=it&from=app>');
  });

  it('leads on to the checkout where it has begun', () => {
    const { text } = sent(id, {
      ...cartProperties,
      checkout_url: 'https://bottega.example/checkout/9',
    });

    expect(text).toContain('<https://bottega.example/checkout/9>');
    expect(text).not.toContain('/cart/7f3a');
  });

  it('counts what it does not show', () => {
    const products = Array.from({ length: 9 }, (_, index) => ({
      product_id: `p${index}`,
      name: `Product ${index}`,
    }));

    const { text } = sent(id, { ...cartProperties, products });

    expect(text).toContain('Product 5');
    expect(text).not.toContain('Product 6');
    expect(text).toContain('and 3 more');
  });
});

describe('the service note', () => {
  it('makes no offer', () => {
    const { subject, text } = sent('cart-recovery-service', cartProperties);

    expect(`${subject} ${text}`).not.toMatch(
      /discount|offer|code|save \d|% off|free|sale|hurry|last chance/i,
    );
  });
});

describe('the second reminder', () => {
  it('names the first product in its subject', () => {
    const { subject } = sent('cart-recovery-second', cartProperties);

    expect(subject).toContain('Moka "Tre Tazze" & co.');
  });
});

describe.each(reviewMails)('%s', (id) => {
  it('asks about three products of the order and no more', () => {
    const { text } = sent(id, deliveryProperties);

    expect(text).toContain('IT-20418');
    expect(text).toContain('Cucchiaino');
    expect(text).not.toContain('Vassoio');
  });

  it('leads to where a review is written', () => {
    const { text } = sent(id, deliveryProperties);

    expect(text).toContain('<https://bottega.example/p/moka-3>');
    expect(text).toContain('<https://bottega.example/r/cup>');
    expect(text).toContain('<https://bottega.example/reviews/IT-20418>');
  });
});
