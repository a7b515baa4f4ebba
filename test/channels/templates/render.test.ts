import { maxRenderedBytes } from '../../../src/channels/liquid/liquid';
import { render } from '../../../src/channels/templates/render';
import { compiledOf, factsOf } from './builders';

describe('a rendered message', () => {
  it('shows the facts of contact, entry and workspace', async () => {
    const template = await compiledOf({
      en: {
        subject: 'Hi {{ contact.traits.firstName }}',
        html: '<p>{% for item in entry.properties.products %}{{ item.name }} x{{ item.quantity }} {% endfor %}</p>',
        text: '{{ workspace.name }}: {{ links.unsubscribe }}',
      },
    });

    const message = render(
      template,
      factsOf({
        contact: { traits: { firstName: 'Giulia' } },
        properties: {
          products: [
            { name: 'Moka', quantity: 1 },
            { name: 'Cup', quantity: 6 },
          ],
        },
      }),
    );

    expect(message).toEqual({
      subject: 'Hi Giulia',
      html: '<p>Moka x1 Cup x6 </p>',
      text: 'Bottega: https://shop.example/u/token',
    });
  });

  it('is the same every time', async () => {
    const template = await compiledOf({
      en: { subject: 'Hi', html: '{{ entry.occurredAt | date: "%c" }}' },
    });

    expect(render(template, factsOf())).toEqual(render(template, factsOf()));
  });

  it('leaves a missing fact empty', async () => {
    const template = await compiledOf({
      en: {
        subject: 'Hi {{ contact.traits.firstName | default: "there" }}',
        html: '[{{ entry.properties.a.b.c }}]',
      },
    });

    const { subject, html } = render(template, factsOf());

    expect([subject, html]).toEqual(['Hi there', '[]']);
  });

  it('escapes facts in the HTML and nowhere else', async () => {
    const name = `<script>alert("1")</script> & 'co'`;
    const template = await compiledOf({
      en: {
        subject: '{{ entry.properties.name }}',
        html: '<p title="{{ entry.properties.name }}">',
        text: '{{ entry.properties.name }}',
      },
    });

    const { subject, html, text } = render(template, factsOf({ properties: { name } }));

    expect(html).toBe(
      '<p title="&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt; &amp; &#39;co&#39;">',
    );
    expect([subject, text]).toEqual([name, name]);
  });

  it('has a subject of one line', async () => {
    const template = await compiledOf({
      en: { subject: ' Hi {{ entry.properties.name }} ', html: '' },
    });

    const { subject } = render(
      template,
      factsOf({ properties: { name: 'a\r\nBcc: b@example.org' } }),
    );

    expect(subject).toBe('Hi a Bcc: b@example.org');
  });

  it('attack 13: has a subject of at most 255 characters', async () => {
    const template = await compiledOf({
      en: { subject: 'Hi {{ entry.properties.name }}', html: '' },
    });
    const subjectFor = (name: string) =>
      render(template, factsOf({ properties: { name } })).subject;

    expect(subjectFor('x'.repeat(252))).toBe(`Hi ${'x'.repeat(252)}`);
    expect(subjectFor('x'.repeat(253))).toBe(`Hi ${'x'.repeat(251)}…`);
    expect(subjectFor('😀'.repeat(90_000))).toBe(`Hi ${'😀'.repeat(125)}…`);
    expect(subjectFor('e\u0301'.repeat(90_000))).toBe(`Hi ${'e\u0301'.repeat(125)}…`);
  });

  it('derives its text part from the HTML, links included', async () => {
    const template = await compiledOf({
      en: {
        subject: '',
        html: '<h1>Hello</h1><p>Your <a href="https://shop.example/c?a=1&amp;b=2">basket</a></p>',
      },
    });

    const { text } = render(template, factsOf());

    expect(text).toBe('Hello\n\nYour basket <https://shop.example/c?a=1&b=2>');
  });
});

describe('amounts and dates', () => {
  it.each([
    ['en', 1234.5, 'EUR', '€1,234.50'],
    ['it', 1234.5, 'EUR', '1234,50\u00a0€'],
    ['de', 1234.5, 'EUR', '1.234,50\u00a0€'],
    ['en', '12.5', 'USD', '$12.50'],
    ['en', 1200, 'JPY', '¥1,200'],
    ['en', 0, 'EUR', '€0.00'],
    ['en', 12.5, null, '12.50'],
    ['en', 12.5, 'euros', '12.50'],
    ['en', 'twelve', 'EUR', ''],
    ['en', '', 'EUR', ''],
    ['en', null, 'EUR', ''],
    ['en', { a: 1 }, 'EUR', ''],
  ])('in %s %j %j is %j', async (locale, price, currency, expected) => {
    const content = {
      subject: '{{ entry.properties.price | money: entry.properties.currency }}',
      html: '',
    };
    const template = await compiledOf({ en: content, it: content, de: content });

    const { subject } = render(template, factsOf({ properties: { price, currency } }), locale);

    expect(subject).toBe(expected);
  });

  it.each([
    ['the contact has a zone', { timeZone: 'America/New_York' }, 'Europe/Rome', '04:00'],
    ['only the workspace has one', {}, 'Europe/Rome', '10:00'],
    ['nobody has one', {}, undefined, '08:00'],
    ['the zone does not exist', { timeZone: 'Mars/Olympus' }, 'Europe/Rome', '08:00'],
  ])('a time is local where %s', async (_when, contact, zone, expected) => {
    const template = await compiledOf({
      en: { subject: '{{ entry.occurredAt | date: "%H:%M" }}', html: '' },
    });

    const { subject } = render(template, factsOf({ contact, ...(zone !== undefined && { zone }) }));

    expect(subject).toBe(expected);
  });
});

describe('the language of a message', () => {
  it.each([
    ['it', 'Ciao'],
    ['it-IT', 'Ciao'],
    ['it_IT', 'Ciao'],
    ['IT', 'Ciao'],
    ['pt-BR', 'Oi'],
    ['pt-PT', 'Hello'],
    ['fr', 'Hello'],
    ['italian', 'Hello'],
    ['', 'Hello'],
    ['__proto__', 'Hello'],
    [undefined, 'Hello'],
  ])('asked for %j it says %s', async (locale, expected) => {
    const content = (subject: string) => ({ subject, html: '' });
    const template = await compiledOf({
      en: content('Hello'),
      it: content('Ciao'),
      'pt-BR': content('Oi'),
    });

    const { subject } = render(template, factsOf(), locale);

    expect(subject).toBe(expected);
  });
});

describe('a hostile template or payload', () => {
  it.each([
    '{{ entry.properties.constructor }}',
    '{{ entry.properties.__proto__ }}',
    '{{ entry.properties.products.constructor.constructor }}',
    '{{ entry.properties.name.constructor }}',
    '{{ entry.properties["__proto__"]["polluted"] }}',
    '{{ contact.traits.toString }}',
    '{{ contact.traits.hasOwnProperty }}',
  ])('reads no prototype: %s', async (html) => {
    const template = await compiledOf({ en: { subject: '', html } });

    const message = render(template, factsOf({ properties: { name: 'x', products: [] } }));

    expect(message.html).toBe('');
  });

  it('does not run Liquid that stands in a fact', async () => {
    const template = await compiledOf({ en: { subject: '{{ entry.properties.name }}', html: '' } });

    const { subject } = render(
      template,
      factsOf({ properties: { name: '{{ contact.email }}{% for %}' } }),
    );

    expect(subject).toBe('{{ contact.email }}{% for %}');
  });

  it.each([
    '{% for i in (1..100000000) %}x{% endfor %}',
    '{% for i in (1..9999) %}{% for j in (1..9999) %}.{% endfor %}{% endfor %}',
    '{% assign a = "xxxxxxxxxx" %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}{{ a }}',
    '{% assign a = "x,x" | split: "," %}{% for i in (1..60) %}{% assign a = a | concat: a %}{% endfor %}',
    '{% tablerow i in (1..10000000) %}{{ i }}{% endtablerow %}',
    '{{ "2026-05-01" | date: "%99999999Y" }}',
  ])('is stopped at its limits: %s', async (html) => {
    const template = await compiledOf({ en: { subject: '', html } });

    expect(() => render(template, factsOf())).toThrow(/^Template "greeting" cannot be rendered/);
  });

  it('is stopped where its result is too large', async () => {
    const template = await compiledOf({
      en: { subject: '', html: '{{ entry.properties.name }}', text: 'Hi' },
    });
    const name = 'x'.repeat(maxRenderedBytes + 1);

    expect(() => render(template, factsOf({ properties: { name } }))).toThrow(/bytes/);
  });
});
