import { button, greeting, letter, marketingFooter, paragraphs, serviceFooter } from './letter';
import { basketList } from './product-list';
import { email } from './email';

const cartUrl = 'entry.properties.checkout_url | default: entry.properties.cart_url';

const firstReminder = email('cart-recovery-first', {
  subject: 'You left something in your basket',
  mjml: letter({
    preheader: 'It is all still here, just as you left it.',
    body: [
      paragraphs(
        greeting,
        'Life gets in the way sometimes. We have kept your basket just as you left it, so you can pick up where you stopped.',
      ),
      basketList,
      button('Return to your basket', cartUrl),
      paragraphs(
        'A question about sizes, delivery or returns? Reply to this e-mail and one of us will answer.',
      ),
    ],
    footer: marketingFooter,
  }),
});

const secondReminder = email('cart-recovery-second', {
  subject:
    '{% assign item = entry.properties.products | first %}' +
    '{% if item.name %}Still thinking about {{ item.name | truncate: 50 }}?{% else %}Still thinking it over?{% endif %}',
  mjml: letter({
    preheader: 'If something held you back, we are glad to help.',
    body: [
      paragraphs(
        greeting,
        'Yesterday you put together a basket with us, and it is still here.',
        'Perhaps something held you back: how an item fits, when it would arrive, what happens if it is not right. ' +
          'Reply and tell us. We would rather help you choose well than hurry you.',
      ),
      basketList,
      button('See your basket', cartUrl),
    ],
    footer: marketingFooter,
  }),
});

const lastReminder = email('cart-recovery-last', {
  subject: 'A last note about your basket',
  mjml: letter({
    preheader: 'After this one we will leave you in peace about it.',
    body: [
      paragraphs(
        greeting,
        'This is the last time we write about your basket. We cannot set the items aside for long, ' +
          'so if you still like them, now is a good moment.',
      ),
      basketList,
      button('Complete your order', cartUrl),
      paragraphs('Changed your mind? That is fine too. There is nothing you need to do.'),
    ],
    footer: marketingFooter,
  }),
});

const serviceNote = email('cart-recovery-service', {
  subject: 'Your basket at {{ workspace.name }} is saved',
  mjml: letter({
    preheader: 'Your order was not completed. You can go on from here.',
    body: [
      paragraphs(
        greeting,
        'You began an order with us and did not complete it. In case you were interrupted: your basket is saved.',
      ),
      basketList,
      button('Open your basket', cartUrl),
      paragraphs(
        'Nothing has been charged. If you no longer want the items, ignore this message: we will not write about this basket again.',
      ),
    ],
    footer: serviceFooter,
  }),
});

export const cartRecoveryMails = [firstReminder, secondReminder, lastReminder, serviceNote];
