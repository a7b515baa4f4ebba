import { readFile } from 'node:fs/promises';
import { compileContent } from '../../../src/channels/templates/compile-content';
import { compileTemplate } from '../../../src/channels/templates/compile-template';
import { allowedFilters, allowedTags } from '../../../src/channels/liquid/liquid-parts';
import { render } from '../../../src/channels/templates/render';
import { compiledOf, factsOf, templateOf } from './builders';

const longPath = 'a.'.repeat(700);
const doubled = (name: string, times: number) =>
  `{% assign ${name} = ${name} | append: ${name} %}`.repeat(times);
const text = (times: number) => `{% assign a = "x," %}${doubled('a', times)}`;

describe('attack 3: work of Liquid beyond the limits', () => {
  it.each([
    ['a long path, read of each item', `{{ (1..500000) | where: "${longPath}" }}`],
    ['a long path of map', `{{ (1..500000) | map: "${longPath}" }}`],
    ['a search for a long path', `{{ (1..500000) | find: "${longPath}" }}`],
    ['a sum over a long path', `{{ (1..500000) | sum: "${longPath}" }}`],
    ['a range', '{{ (1..900000000) | size }}'],
    ['ranges one by one', '{% for n in (1..1000) %}{{ (1..10000) | size }}{% endfor %}'],
    [
      'empty loops in loops',
      '{% for n in (1..1200) %}{% for m in (1..1200) %}{% endfor %}{% endfor %}',
    ],
    ['a long output', `${text(15)}{% for n in (1..99) %}{{ a }}{% endfor %}`],
    [
      'a long capture',
      `${text(15)}{% capture b %}{% for n in (1..99) %}{{ a }}{% endfor %}{% endcapture %}`,
    ],
    ['a list of long texts', `${text(12)}{% assign b = (1..999) %}{{ b | join: a }}`],
    [
      'a text of doubled lists',
      `${text(12)}{% assign b = a | split: "," %}${'{% assign b = b | concat: b %}'.repeat(8)}{{ b }}`,
    ],
  ])('end a rendering: %s', async (_what, html) => {
    const template = await compiledOf({ en: { subject: 'Hi', html, text: 'Hi' } });

    expect(() => render(template, factsOf())).toThrow(/limit exceeded/);
  });

  it.each([
    ...['find_exp', 'find_index_exp', 'group_by_exp', 'has_exp', 'reject_exp', 'where_exp'],
    ...['group_by', 'push', 'unshift', 'sample'],
  ])('are refused at publishing with the filters allowed: %s', async (name) => {
    const html = `{{ entry.properties.products | ${name}: "x", "x" }}`;

    const compilation = await compileTemplate(
      templateOf({ en: { subject: 'Hi', html } }),
      compileContent,
    );

    expect(compilation).toMatchObject({
      kind: 'faulty',
      faults: [{ pointer: '/locales/en/html', code: 'unknown-filter' }],
    });
    expect(JSON.stringify(compilation)).toMatch(
      new RegExp(`no filter .*${name}.* as_name, .*where`),
    );
  });

  it('are refused at publishing where a source has too many parts', async () => {
    const html = '{{ contact.email }}'.repeat(12_000);

    const compilation = await compileTemplate(
      templateOf({ en: { subject: 'Hi', html } }),
      compileContent,
    );

    expect(compilation).toMatchObject({ faults: [{ code: 'template-too-long' }] });
  });

  it('leave room for a basket of a thousand items', async () => {
    const html =
      '{% for item in entry.properties.products %}<p>{{ item.name | escape }} {% if item.price > 3 %}{{ item.price | times: item.quantity | money: "EUR" }}{% endif %}</p>{% endfor %}';
    const template = await compiledOf({ en: { subject: 'Hi', html } });
    const products = Array.from({ length: 1_000 }, () => ({
      name: 'A moka pot for six cups, in red',
      price: 12.5,
      quantity: 2,
      description: 'x'.repeat(300),
    }));

    const message = render(template, factsOf({ properties: { products } }));

    expect(message.html).toContain('in red €25.00</p>');
  });

  it('know every filter and tag that is allowed', async () => {
    const filters = [...allowedFilters.keys()].map((name) => `{{ contact.email | ${name}: 1 }}`);
    const faults = await compileTemplate(
      templateOf({ en: { subject: 'Hi', html: filters.join('') } }),
      compileContent,
    );

    expect(faults.kind).toBe('compiled');
    expect(allowedTags).not.toContain('render');
  });

  it('are told to authors: every tag and filter is in the guide', async () => {
    const guide = await readFile('docs/guide/templates.md', 'utf8');

    const untold = [...allowedTags, ...allowedFilters.keys()].filter(
      (name) => !new RegExp(`\\b${name}\\b`).test(guide),
    );

    expect(untold).toEqual([]);
  });
});
