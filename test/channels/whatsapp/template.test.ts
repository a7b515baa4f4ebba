import { whatsapp } from '../../../src/channels/whatsapp/whatsapp';
import {
  whatsAppContentSchema,
  type WhatsAppContent,
} from '../../../src/channels/whatsapp/whatsapp-content';
import { reminder } from './content';

const { body } = reminder;
const valid: WhatsAppContent = { ...reminder, buttons: [{ text: 'Parla con noi' }] };

const manyPlaces = Object.fromEntries(
  Array.from({ length: 31 }, (_, index) => [String(index + 1), 'x']),
);

const faultsOf = async (content: WhatsAppContent) =>
  (await whatsapp.compile(content, '')).faults.map(({ pointer, code }) => `${code} ${pointer}`);

describe('the template of a message of WhatsApp', () => {
  it('tells the facts that it reads, and whether it always has a way out', async () => {
    expect(await whatsapp.compile(valid, '/locales/it')).toEqual({
      compiled: valid,
      variables: ['contact.traits.firstName', 'entry.properties.title', 'links.unsubscribe'],
      hasUnsubscribe: true,
      faults: [],
    });
  });

  it.each([
    ['a button', 'https://go.example/u/{{1}}', '{{ links.unsubscribe }}', true],
    [
      'no button that may lead elsewhere',
      'https://go.example/{{1}}',
      '{{ contact.userId }}',
      false,
    ],
  ])('has the way out in %s', async (_where, url, parameter, hasUnsubscribe) => {
    const content = { ...valid, body: { text: 'Ciao' }, buttons: [{ text: 'No', url, parameter }] };

    expect(await whatsapp.compile(content, '')).toMatchObject({ hasUnsubscribe, faults: [] });
  });

  it.each<[string, Partial<WhatsAppContent>, string]>([
    [
      'a place without Liquid',
      { body: { text: 'Ciao {{1}}' } },
      'place-without-parameter /body/text',
    ],
    [
      'Liquid in the approved text',
      { body: { text: 'Ciao {{ contact.email }}' } },
      'place-without-parameter /body/text',
    ],
    [
      'Liquid without a place',
      { body: { text: 'Ciao', parameters: { 1: 'x' } } },
      'parameter-without-place /body/parameters/1',
    ],
    [
      'places that are not counted',
      { body: { text: '{{1}} {{3}}', parameters: { 1: 'x', 3: 'x' } } },
      'places-not-counted /body/parameters',
    ],
    [
      'places of two kinds',
      { header: { text: '{{name}}', parameters: { name: 'x' } } },
      'places-not-alike ',
    ],
    ['a place in the footer', { footer: 'Bottega {{1}}' }, 'place-without-parameter /footer'],
    [
      'broken Liquid',
      { body: { text: '{{1}}', parameters: { 1: '{{ contact.email' } } },
      'liquid-syntax /body/parameters/1',
    ],
    [
      'a fact that is none',
      { body: { text: '{{1}}', parameters: { 1: '{{ secrets.key }}' } } },
      'unknown-variable /body/parameters/1',
    ],
  ])('is refused for %s', async (_what, part, fault) => {
    expect(await faultsOf({ ...valid, ...part })).toEqual([fault]);
  });

  it.each([
    'https://shop.example{{1}}',
    'https://{{1}}/cart',
    'https://shop.example@{{1}}',
    'https://shop.example\\{{1}}',
    'https://shop.example/{{1}}/cart',
    'https://user@shop.example/{{1}}',
    'javascript:alert({{1}})',
    '//shop.example/{{1}}',
  ])('has no button whose place could change the host: %s', async (url) => {
    const buttons = [{ text: 'Vai', url, parameter: 'x' }];

    expect(await faultsOf({ ...valid, buttons })).toEqual(['button-url /buttons/0/url']);
  });

  it.each<[NonNullable<WhatsAppContent['buttons']>, string]>([
    [[{ text: 'Vai', url: 'https://shop.example/{{1}}' }], 'place-without-parameter /buttons/0'],
    [[{ text: 'Vai', parameter: 'x' }], 'parameter-without-place /buttons/0'],
  ])('has a parameter for each place of a button: %j', async (buttons, fault) => {
    expect(await faultsOf({ ...valid, buttons })).toEqual([fault]);
  });

  it.each([
    { template: 'Cart Reminder' },
    { template: '../admin' },
    { language: 'italiano' },
    { language: 'it-IT' },
    { body: { text: 'x'.repeat(1_025) } },
    { body: { ...body, parameters: { __proto__: null, constructor$: 'x' } } },
    { body: { ...body, parameters: { 'a.b': 'x' } } },
    { footer: 'x'.repeat(61) },
    { buttons: Array.from({ length: 11 }, () => ({ text: 'Vai' })) },
    { body: { text: 'Ciao', parameters: manyPlaces } },
    { text: 'free words' },
  ])('has the form that WhatsApp has: not %j', (part) => {
    expect(whatsAppContentSchema.safeParse({ ...valid, ...part }).success).toBe(false);
  });
});
