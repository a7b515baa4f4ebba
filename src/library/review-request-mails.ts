import { email } from './email';
import { button, greeting, letter, marketingFooter, paragraphs } from './letter';
import { reviewList } from './product-list';

const order = 'order{% if entry.properties.order_id %} {{ entry.properties.order_id }}{% endif %}';
const reviewUrl = 'entry.properties.review_url';

const ask = email('review-request-ask', {
  subject:
    '{% assign item = entry.properties.products | first %}' +
    '{% if item.name %}How do you like {{ item.name | truncate: 50 }}?{% else %}How do you like your order?{% endif %}',
  mjml: letter({
    preheader: 'Two sentences from you help the next person to choose.',
    body: [
      paragraphs(
        greeting,
        `Your ${order} should have been with you for a while now. How is it? Two honest sentences, good or bad, help the next person to choose, and help us to do better.`,
      ),
      reviewList,
      button('Write a review', reviewUrl),
      paragraphs(
        'Is something not as it should be? Reply to this e-mail and we will put it right. You are welcome to write about that, too.',
      ),
    ],
    footer: marketingFooter,
  }),
});

const reminder = email('review-request-reminder', {
  subject: 'A minute for a word about your order?',
  mjml: letter({
    preheader: 'We ask only this once more.',
    body: [
      paragraphs(
        greeting,
        `Last week we asked how you like your ${order}. If you have a minute, we would still love to hear it. If not, no matter: we will not ask again.`,
      ),
      reviewList,
      button('Write a review', reviewUrl),
    ],
    footer: marketingFooter,
  }),
});

export const reviewRequestMails = [ask, reminder];
