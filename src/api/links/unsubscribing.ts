import { z } from 'zod';
import { isWithdrawable } from '../../core/channels';
import type { UnsubscribeClaim } from '../../links/token';
import {
  contactNamedBy,
  preferencesOf,
  turn,
  type LinkHolder,
} from '../../operations/contacts/preferences';
import { unsubscribe } from '../../operations/contacts/unsubscribe';
import type { ApiDependencies } from '../dependencies';
import { openOperation } from '../http/operation';
import type { Reply } from '../http/reply';
import { choiceSchema } from './choice';
import { pageLanguageOf } from './page-language';
import { notWithdrawablePage, preferencePage, unknownLinkPage } from './preference-page';

const params = z.object({ token: z.string().max(1_000) });
/** A browser says it. It never makes a request wrong. */
const headers = z.object({
  'accept-language': z.string().optional().meta({ pattern: '^[ -~]*$' }),
});
const pageAnswer = (description: string) => ({
  description,
  schema: z.string(),
  type: 'text/html',
});
const unknown = pageAnswer('The link is not valid');

export const getUnsubscribe = openOperation({
  summary: 'The page behind an unsubscribe link',
  description:
    'Names the purpose and the channel of the message that carried the link, and everything else that the person may turn on and off, each with a button. It changes nothing: mail scanners open links. In English or Italian, by the locale of the contact, else by `Accept-Language`; plain HTML without script.',
  params,
  headers,
  answers: { 200: pageAnswer('A page of preferences'), 404: unknown },
  handle: ({ params: { token }, headers: asked }, deps) => answerTo(deps, { token, asked }),
});

export const postUnsubscribe = openOperation({
  summary: 'Unsubscribe by one click (RFC 8058), or change a preference',
  description:
    'Without `set` it withdraws the consent that the link names and raises `Unsubscribed`; nothing of that purpose goes to the address any more, whichever contact has it. With `set` it turns one purpose on or off in one channel, or everything off: the buttons of the page do so. A purpose that the person turns on is consented to, which raises `Subscribed` and lifts every withdrawal of the address, but no bounce, no complaint and no suppression by hand. A repeat changes nothing. What an order or an account requires cannot be refused.',
  params,
  headers,
  query: z.object({ set: choiceSchema.optional() }),
  answers: { 200: pageAnswer('Done, or why it cannot be'), 404: unknown },
  handle: ({ params: { token }, headers: asked, query: { set } }, deps) =>
    answerTo(deps, { token, asked }, async (holder, claim) => {
      const work = { ...deps, now: deps.clock.now() };
      if (set) await turn(work, holder, set);
      else await unsubscribe(work, claim);
      return set ? 'saved' : 'unsubscribed';
    }),
});

type Asked = Readonly<{ token: string; asked: z.output<typeof headers> }>;
type Work = (holder: LinkHolder, claim: UnsubscribeClaim) => Promise<'unsubscribed' | 'saved'>;

/** Does the work if the link is ours, and shows how things stand then. */
async function answerTo(
  deps: ApiDependencies,
  { token, asked }: Asked,
  work?: Work,
): Promise<Reply> {
  const claim = deps.links.readUnsubscribe(token);
  const holder = claim && (await contactNamedBy(deps, claim));
  const language = pageLanguageOf(holder?.known.locale, asked['accept-language']);
  if (!claim || !holder) return unknownLinkPage(language);
  if (!isWithdrawable(claim.purpose)) return notWithdrawablePage(language);
  const done = await work?.(holder, claim);
  const current = (done && (await contactNamedBy(deps, claim))) ?? holder;
  const preferences = await preferencesOf(deps, current);
  const shown = { language, shop: holder.home.name, claim, preferences };
  return preferencePage({ ...shown, ...(done && { done }) });
}
