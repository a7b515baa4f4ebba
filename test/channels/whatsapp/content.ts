import type { WhatsAppContent } from '../../../src/channels/whatsapp/whatsapp-content';

/** A reminder as a shop would have it approved: counted places, a link and a way out. */
export const reminder: WhatsAppContent = {
  template: 'cart_reminder',
  language: 'it',
  header: { text: 'Il tuo carrello' },
  body: {
    text: 'Ciao {{1}}, ti aspetta ancora: {{2}}. Non vuoi più messaggi? {{3}}',
    parameters: {
      1: '{{ contact.traits.firstName | default: "a te" }}',
      2: '{{ entry.properties.title }}',
      3: '{{ links.unsubscribe }}',
    },
  },
  footer: 'Bottega Rossi',
  buttons: [
    { text: 'Torna al carrello', url: 'https://shop.example/cart/{{1}}', parameter: '{{ url }}' },
    { text: 'Parla con noi' },
  ],
};
