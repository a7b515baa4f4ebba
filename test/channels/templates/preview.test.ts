import { preview } from '../../../src/channels/templates/preview';
import { compiledOf, factsOf } from './builders';

describe('a preview', () => {
  it('tells links, size and missing facts beside the message', async () => {
    const template = await compiledOf({
      en: {
        subject: '{{ contact.traits.firstName }}',
        html: '<a href="{{ entry.properties.cart_url }}">è</a><a href="{{ links.unsubscribe }}">x</a>',
        text: 'Hi',
      },
    });

    const seen = preview(
      template,
      factsOf({ properties: { cart_url: 'https://shop.example/c?a=1&b=2' } }),
    );

    expect(seen).toMatchObject({
      text: 'Hi',
      links: ['https://shop.example/c?a=1&b=2', 'https://shop.example/u/token'],
      missing: ['contact.traits.firstName'],
    });
    expect(seen.size).toBe(Buffer.byteLength(seen.html));
  });
});
