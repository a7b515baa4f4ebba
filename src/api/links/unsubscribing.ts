import { z } from 'zod';
import { isWithdrawable } from '../../core/channels';
import type { UnsubscribeClaim } from '../../links/token';
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
  description:
    'Names the purpose and the channel of the message that carried the link, shows a button and changes nothing: mail scanners open links.',
  params,
  answers: { 200: pageAnswer('A page with one button'), 404: unknown },
  handle: ({ params: { token } }, { links }) => {
    const claim = links.readUnsubscribe(token);
    return claim ? questionAbout(claim) : unknownLink;
  },
});

export const postUnsubscribe = openOperation({
  summary: 'Unsubscribe by one click (RFC 8058)',
  description:
    'Withdraws the consent that the link names and raises `Unsubscribed`; nothing of that purpose goes to the address any more, whichever contact has it. A repeat changes nothing. What an order or an account requires cannot be refused.',
  params,
  answers: { 200: pageAnswer('Done, or why it cannot be'), 404: unknown },
  handle: async ({ params: { token } }, deps) => {
    const claim = deps.links.readUnsubscribe(token);
    if (!claim) return unknownLink;
    if (!isWithdrawable(claim.purpose)) return notWithdrawable;
    const isDone = await unsubscribe({ ...deps, now: deps.clock.now() }, claim);
    return isDone ? doneFor(claim) : unknownLink;
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

function questionAbout(claim: UnsubscribeClaim): Reply {
  if (!isWithdrawable(claim.purpose)) return notWithdrawable;
  const form =
    '<form method="post"><button name="List-Unsubscribe" value="One-Click">Unsubscribe</button></form>';
  return page(200, 'Unsubscribe?', `${consequenceOf(claim)}${form}`);
}

function doneFor(claim: UnsubscribeClaim): Reply {
  return page(200, 'You are unsubscribed', consequenceOf(claim));
}

/** Nothing here has to be escaped: purpose and channel come from closed lists. */
function consequenceOf({ purpose, channel }: UnsubscribeClaim): string {
  return `<p>You will get no more <b>${purpose}</b> messages by <b>${channel}</b>.</p>`;
}

const notWithdrawable = page(
  200,
  'These messages go with your order or account',
  '<p>They cannot be unsubscribed from. They end by themselves.</p>',
);
const unknownLink = page(
  404,
  'This link is not valid',
  '<p>It may be incomplete. Open it from the message again.</p>',
);
