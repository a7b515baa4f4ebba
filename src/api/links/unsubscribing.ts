import { z } from 'zod';
import { unsubscribe } from '../../operations/contacts/unsubscribe';
import { openOperation } from '../http/operation';
import { text, type Reply } from '../http/reply';

const params = z.object({ token: z.string().max(1_000) });
const pageAnswer = (description: string) => ({
  description,
  schema: z.string(),
  type: 'text/html',
});
const unknown = pageAnswer('The link is not valid');

export const getUnsubscribe = openOperation({
  summary: 'The page behind an unsubscribe link',
  description: 'Shows a button and changes nothing: mail scanners open links.',
  params,
  answers: { 200: pageAnswer('A page with one button'), 404: unknown },
  handle: ({ params: { token } }, { links }) =>
    links.readUnsubscribe(token) ? question : unknownLink,
});

export const postUnsubscribe = openOperation({
  summary: 'Unsubscribe by one click (RFC 8058)',
  description:
    'Withdraws the consent that the link names and raises `Unsubscribed`; a repeat changes nothing.',
  params,
  answers: { 200: pageAnswer('Done'), 404: unknown },
  handle: async ({ params: { token } }, { links, store, intake, clock }) => {
    const claim = links.readUnsubscribe(token);
    const isDone = claim && (await unsubscribe({ store, intake, now: clock.now() }, claim));
    return isDone ? done : unknownLink;
  },
});

function page(status: number, title: string, content: string): Reply {
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${title}</title></head>
<body><main><h1>${title}</h1>${content}</main></body>
</html>
`;
  return text(status, 'text/html; charset=utf-8', html);
}

const question = page(
  200,
  'Unsubscribe?',
  '<p>You will get no more messages of this kind.</p><form method="post"><button name="List-Unsubscribe" value="One-Click">Unsubscribe</button></form>',
);
const done = page(
  200,
  'You are unsubscribed',
  '<p>You will get no more messages of this kind.</p>',
);
const unknownLink = page(
  404,
  'This link is not valid',
  '<p>It may be incomplete. Open it from the message again.</p>',
);
