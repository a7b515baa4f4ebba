import type { EmailSource } from '../../../src/channels/email/email-content';
import { compileContent } from '../../../src/channels/templates/compile-content';
import { compileTemplate } from '../../../src/channels/templates/compile-template';
import { compiledOf, templateOf } from './builders';

const mail = (text: string) =>
  `<mjml><mj-body><mj-section><mj-column><mj-text>${text}</mj-text></mj-column></mj-section></mj-body></mjml>`;

type Expected = Readonly<{ pointer: string; code: string; remedy?: string }>;

async function faultsOf(content: EmailSource) {
  const compilation = await compileTemplate(templateOf({ en: content }), compileContent);
  return compilation.kind === 'faulty' ? compilation.faults : [];
}

describe('a template at its publication', () => {
  it('has its MJML compiled and its Liquid kept', async () => {
    const template = await compiledOf({
      en: { subject: 'Hi', mjml: mail('Hello {{ contact.email }}') },
    });

    expect(template.locales['en']?.html).toContain('Hello {{ contact.email }}');
    expect(template.locales['en']?.html).not.toMatch(/<\/?mj/);
  });

  it('fetches nothing from elsewhere', async () => {
    const template = await compiledOf({
      en: {
        subject: 'Hi',
        mjml: mail('Hello').replace('<mj-text>', '<mj-text font-family="Roboto">'),
      },
    });

    expect(template.locales['en']?.html).not.toMatch(/https?:\/\/fonts/);
  });

  it('lists what it reads, and not its own loop variables', async () => {
    const loop =
      '{% for item in entry.properties.products %}{{ item.name }}{{ forloop.index }}{% endfor %}';
    const template = await compiledOf({
      en: {
        subject: '{{ contact.traits["first name"] }}',
        html: loop,
        text: '{{ workspace.name }}',
      },
      it: { subject: '{{ entry.properties.cart_url }}', html: loop },
    });

    expect(template.variables).toEqual([
      "contact.traits['first name']",
      'entry.properties.cart_url',
      'entry.properties.products',
      'workspace.name',
    ]);
  });

  it('is stored as it is: plain JSON', async () => {
    const template = await compiledOf({ en: { subject: 'Hi', mjml: mail('Hello') } });

    expect(JSON.parse(JSON.stringify(template))).toEqual(template);
  });
});

describe('an unsubscribe path', () => {
  const link = '<a href="{{ links.unsubscribe }}">Unsubscribe</a>';

  it.each<[string, Record<string, EmailSource>, boolean]>([
    [
      'in the HTML of every language',
      { en: { subject: '', html: link }, it: { subject: '', html: link } },
      true,
    ],
    [
      'missing in one language',
      { en: { subject: '', html: link }, it: { subject: '', html: 'Ciao' } },
      false,
    ],
    ['missing in the text part', { en: { subject: '', html: link, text: 'Bye' } }, false],
    ['in both parts', { en: { subject: '', html: link, text: '{{ links.unsubscribe }}' } }, true],
    ['in the subject only', { en: { subject: '{{ links.unsubscribe }}', html: 'Hi' } }, false],
  ])('%s', async (_where, locales, expected) => {
    const template = await compiledOf(locales);

    expect(template.hasUnsubscribe).toBe(expected);
  });
});

describe('a fault names its place and the remedy', () => {
  it.each<[string, EmailSource, Expected]>([
    [
      'an unclosed tag in the subject',
      { subject: '{% if contact.email %}', html: '' },
      { pointer: '/locales/en/subject', code: 'liquid-syntax' },
    ],
    [
      'a tag that does not exist',
      { subject: '', html: '{% nothing %}' },
      { pointer: '/locales/en/html', code: 'unknown-tag', remedy: 'use assign, break, capture' },
    ],
    [
      'a filter that does not exist',
      { subject: '', html: '', text: '{{ contact.email | shout }}' },
      { pointer: '/locales/en/text', code: 'unknown-filter', remedy: 'use abs, append, as_name' },
    ],
    [
      'a variable that does not exist',
      { subject: '', mjml: mail('{{ contact.firstname }}') },
      {
        pointer: '/locales/en/mjml',
        code: 'unknown-variable',
        remedy: 'contact.traits.…',
      },
    ],
    [
      'a root that does not exist',
      { subject: '', html: '{{ customer.email }}' },
      {
        pointer: '/locales/en/html',
        code: 'unknown-variable',
        remedy: '"customer.email"',
      },
    ],
    [
      'an element that does not exist',
      { subject: '', mjml: mail('Hi').replaceAll('mj-text', 'mj-test') },
      { pointer: '/locales/en/mjml', code: 'mjml', remedy: 'mj-test' },
    ],
    [
      'text that is not MJML',
      { subject: '', mjml: 'Hello' },
      { pointer: '/locales/en/mjml', code: 'mjml' },
    ],
    [
      'a loop between MJML elements',
      {
        subject: '',
        mjml: mail('Hi')
          .replace('<mj-section>', '{% for item in entry.properties.products %}<mj-section>')
          .replace('</mj-section>', '</mj-section>{% endfor %}'),
      },
      {
        pointer: '/locales/en/mjml',
        code: 'mjml-lost-liquid',
        remedy: '<mj-raw>',
      },
    ],
    [
      'an include',
      {
        subject: '',
        mjml: mail('Hi').replace('<mj-section>', '<mj-include path="/etc/passwd" /><mj-section>'),
      },
      { pointer: '/locales/en/mjml', code: 'mjml-include' },
    ],
    [
      'a source beyond the limit',
      { subject: '', html: 'x'.repeat(300_000) },
      { pointer: '/locales/en/html', code: 'template-too-long' },
    ],
  ])('%s', async (_what, content, { remedy = '', ...place }) => {
    const faults = await faultsOf(content);

    expect(faults).toMatchObject([place]);
    expect(faults[0]?.detail).toContain(remedy);
  });

  it.each(['include "x"', 'render "x"', 'layout "x"', 'block x'])(
    'another template: {%% %s %%}',
    async (tag) => {
      const faults = await faultsOf({ subject: '', html: `{% ${tag} %}` });

      expect(faults).toMatchObject([{ code: 'unknown-tag' }]);
      expect(faults[0]?.detail).toMatch(/no tag "\w+"/);
    },
  );

  it('a default language without content', async () => {
    const compilation = await compileTemplate(
      templateOf({ en: { subject: '', html: '' } }, 'it'),
      compileContent,
    );

    expect(compilation).toMatchObject({ kind: 'faulty', faults: [{ pointer: '/defaultLocale' }] });
  });

  it('a language that is none', async () => {
    const content = { subject: '', html: '' };
    const compilation = await compileTemplate(
      templateOf({ en: content, 'a/b!': content }),
      compileContent,
    );

    expect(compilation).toMatchObject({ kind: 'faulty', faults: [{ pointer: '/locales/a~1b!' }] });
  });
});
