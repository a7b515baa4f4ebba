import { compiledOf, factsOf } from './builders';
import { render } from '../../../src/channels/templates/render';

describe('the unsubscribe link of a template', () => {
  const link = '<a href="{{ links.unsubscribe }}">Unsubscribe</a>';

  it.each([
    ['a condition that is never true', `{% if false %}${link}{% endif %}`],
    ['a condition on a fact', `{% if contact.traits.vip %}${link}{% endif %}`],
    ['the contrary of a condition', `{% unless contact.traits.vip %}${link}{% endunless %}`],
    ['a case', `{% case entry.name %}{% when "Cart Updated" %}${link}{% endcase %}`],
    ['a loop', `{% for item in entry.properties.products %}${link}{% endfor %}`],
    ['a comment', `{% comment %}${link}{% endcomment %}`],
    ['a word that nobody prints', '{% assign url = links.unsubscribe %}Bye'],
    ['work beyond the limits', `{% for n in (1..900000000) %}{{ n }}{% endfor %}${link}`],
    ['raw text', `{% raw %}${link}{% endraw %}`],
  ])('does not count in %s', async (_where, html) => {
    const template = await compiledOf({ en: { subject: 'Hi', html } });

    expect(template.hasUnsubscribe).toBe(false);
  });

  it.each([
    ['plainly', link],
    ['after a condition', `{% if contact.traits.vip %}Dear{% endif %} ${link}`],
    ['by a name', '{% assign url = links.unsubscribe %}<a href="{{ url }}">Bye</a>'],
    ['where there is a link at all', `{% if links.unsubscribe %}${link}{% endif %}`],
  ])('counts %s', async (_where, html) => {
    const template = await compiledOf({ en: { subject: 'Hi', html } });

    expect(template.hasUnsubscribe).toBe(true);
  });
});

describe('a date without a time', () => {
  it.each([
    '| date: "%Y-%m-%d"',
    '| date: "%Y-%m-%d", "America/Los_Angeles"',
    '| date_to_xmlschema | slice: 0, 10',
  ])('prints as it is in every zone: %s', async (filter) => {
    const template = await compiledOf({
      en: { subject: `{{ entry.properties.day ${filter} }}`, html: 'x' },
    });
    const printed = ['America/Los_Angeles', 'UTC', 'Pacific/Auckland'].map(
      (zone) => render(template, factsOf({ zone, properties: { day: '2026-03-02' } })).subject,
    );

    expect(printed).toEqual(['2026-03-02', '2026-03-02', '2026-03-02']);
  });

  it('prints a moment in the zone of its reader', async () => {
    const template = await compiledOf({
      en: { subject: '{{ entry.properties.at | date: "%Y-%m-%d" }}', html: 'x' },
    });
    const properties = { at: '2026-03-02T02:00:00Z' };

    const { subject } = render(template, factsOf({ zone: 'America/New_York', properties }));

    expect(subject).toBe('2026-03-01');
  });
});
