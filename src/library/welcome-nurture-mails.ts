import { email } from './email';
import { button, greeting, letter, marketingFooter, paragraphs } from './letter';

const shopUrl = 'entry.properties.shop_url';

const welcome = email('welcome-nurture-welcome', {
  subject: 'Welcome to {{ workspace.name }}',
  mjml: letter({
    preheader: 'Good to have you here. What to expect from us, in short.',
    body: [
      paragraphs(
        greeting,
        'Thank you for joining us, and welcome.',
        'Over the next days we will send you two short letters: one about choosing well, one to ask how we can help. ' +
          'After that we write only when we have something worth your time.',
      ),
      button('Have a look around', shopUrl),
      paragraphs(
        'And whenever you have a question, reply to any of our e-mails. Real people read them.',
      ),
    ],
    footer: marketingFooter,
  }),
});

const guide = email('welcome-nurture-guide', {
  subject: 'Three questions to ask before you buy',
  mjml: letter({
    preheader: 'A short guide to choosing something you will still like in a year.',
    body: [
      paragraphs(
        greeting,
        'When friends ask us what to buy, we ask them three questions back. They work for almost anything:',
        '<b>What will you use it for most?</b> Choose for the ordinary Tuesday, not for the one big occasion.',
        '<b>How long should it last?</b> Divide the price by the years. The dearer one is often the cheaper one.',
        '<b>What if it is not right?</b> Read how returns work before you order. A good shop makes that easy to find.',
      ),
      button('Choose with these in mind', shopUrl),
    ],
    footer: marketingFooter,
  }),
});

const help = email('welcome-nurture-help', {
  subject: 'Can we help you find something?',
  mjml: letter({
    preheader: 'Tell us what you are looking for and we will suggest two or three things.',
    body: [
      paragraphs(
        greeting,
        'Is there something you have been looking for? Reply with a line about what it is for and roughly what you would like to spend. ' +
          'We will answer with two or three suggestions, and say so honestly when we have nothing that fits.',
      ),
      button('Or look for yourself', shopUrl),
      paragraphs('This is the last of our welcome letters. We are glad that you are here.'),
    ],
    footer: marketingFooter,
  }),
});

export const welcomeNurtureMails = [welcome, guide, help];
