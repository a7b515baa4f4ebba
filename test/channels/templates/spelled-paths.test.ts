import { createLiquid } from '../../../src/channels/liquid/liquid';
import { readLiquid } from '../../../src/channels/liquid/read-liquid';

const liquid = createLiquid({ locale: 'en' }, 'html');
const codesOf = (source: string) => readLiquid(liquid, source, '').faults.map(({ code }) => code);

describe('a fact that templates do not know', () => {
  it.each([
    '{{ contact.phone }}',
    "{{ contact['phone'] }}",
    '{{ contact[ "phone" ] }}',
    "{{ ['contact']['phone'] }}",
    "{{ contact['traits.name'] }}",
    '{{ contact.size }}',
    '{{ contact.first }}',
    "{{ contact.traits[contact['phone']] }}",
    "{{ contact.traits | default: contact['phone'] }}",
    "{% assign c = contact['phone'] %}{{ c }}",
    '{% assign c = contact %}{{ c.phone }}',
    '{% for field in contact %}{{ field }}{% endfor %}',
    "{% for n in (1..3) limit: workspace['from'] %}{{ n }}{% endfor %}",
    "{% if contact['phone'] %}yes{% endif %}",
    '{% assign name = "phone" %}{{ contact[name] }}',
    '{% assign root = "contact" %}{{ [root].phone }}',
    '{% assign root = "workspace" %}{{ [root]["from"] }}',
    '{% capture root %}workspace{% endcapture %}{{ [root] }}',
    '{{ [entry.properties.root] }}',
    '{{ [[entry.properties.root]].from }}',
    "{{ contact.email }}\n\n {% if contact.email %}\n{{ 'a' | append: [entry.properties.root] }}{% endif %}",
    '{% for x in [entry.properties.root] %}{{ x }}{% endfor %}',
    '{% liquid\n assign a = 1\n echo [entry.properties.root]\n%}',
    '{% assign c = [entry.properties.root] %}{{ c }}',
    '{{ contact.traits[[entry.properties.root]] }}',
    '{% if [entry.properties.root] == 1 %}a{% elsif [entry.name] %}b{% endif %}',
    '{% case [entry.name] %}{% when 1 %}a{% endcase %}',
    '{% cycle [entry.name], 1 %}',
    '{{ ([entry.name]..3) }}',
    '{% if false %}{% assign contact = 1 %}{% endif %}{{ contact.phone }}',
    '{% for contact in entry.properties.none %}{% else %}{{ contact.phone }}{% endfor %}',
  ])('is refused in any spelling: %s', (source) => {
    expect(codesOf(source)).toContain('unknown-variable');
  });
});

describe('a fact that templates know', () => {
  it.each([
    "{{ contact.traits['a.b'] }}",
    "{{ contact['traits'].name }}",
    "{{ ['contact']['email'] }}",
    '{{ entry.properties.products.first.name }}',
    '{{ entry.properties.products[-1]["name"] }}',
    '{{ entry.properties.products.size }}',
    '{% assign c = contact.traits %}{{ c.name }}',
    '{% for item in entry.properties.items %}{{ forloop.index }} {{ item.name }}{% endfor %}',
    "{{ links['unsubscribe'] }}",
  ])('is taken in any spelling: %s', (source) => {
    expect(codesOf(source)).toEqual([]);
  });
});
