import { z } from 'zod';
import type { Fault } from '../../core/domain-error';
import type { WorkspaceId } from '../../core/ids';
import { recordOf, type Sender } from '../../core/messages/sender';
import { base32 } from '../../process/base32';
import { mostSenders } from '../../store/quotas';
import type { ApiDependencies } from '../dependencies';
import { isoOf, isoSchema, pageRequestOf, pageSchema, paging } from '../http/answers';
import { operation } from '../http/operation';
import { json, nothing, refusal, type Reply } from '../http/reply';

const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const domain = z
  .string()
  .max(240)
  .regex(new RegExp(String.raw`^(?:${label}\.)+${label}$`), {
    error: 'is not a domain such as shop.example; give other scripts in their form in ASCII',
  })
  .overwrite((text) => text.toLowerCase())
  .meta({ examples: ['shop.example'] });
const params = z.strictObject({ domain });

const senderSchema = z
  .object({
    domain: z.string(),
    status: z.enum(['pending', 'confirmed']),
    record: z
      .object({ type: z.literal('TXT'), name: z.string(), value: z.string() })
      .meta({ description: 'The DNS record that confirms it' }),
    createdAt: isoSchema,
    confirmedAt: isoSchema.optional(),
  })
  .meta({ id: 'Sender', description: 'A domain that messages are sent from' });

export const putSender = operation({
  summary: 'Want to send from a domain',
  description:
    'Answers the DNS record to write; then ask `POST /v1/senders/{domain}/confirm`. A repeat changes nothing. A confirmed ' +
    `domain confirms those below it. A workspace has at most ${mostSenders}.`,
  params,
  answers: {
    200: { description: 'It is there already', schema: senderSchema },
    201: { description: 'It waits for its record', schema: senderSchema },
  },
  refuses: ['unprocessable'],
  handle: async ({ params: { domain: wanted }, workspace }, { store, clock, randomBytes }) => {
    const { created, sender } = await store.senders.add(workspace.id, {
      domain: wanted,
      token: base32(randomBytes(20), 32),
      createdAt: clock.now(),
    });
    return json(created ? 201 : 200, senderViewOf(sender));
  },
});

export const listSenders = operation({
  summary: 'The domains that the workspace sends from, by name',
  description: 'Those that the operator of the deployment vouches for are not among them.',
  query: z.strictObject(paging),
  answers: { 200: { description: 'A page', schema: pageSchema(senderSchema) } },
  refuses: ['unprocessable'],
  handle: async ({ query, workspace }, { store }) => {
    const page = await store.senders.list(workspace.id, pageRequestOf(query));
    return json(200, { ...page, data: page.data.map(senderViewOf) });
  },
});

export const confirmSender = operation({
  summary: 'Look for the DNS record of a sender',
  description:
    'Where the record stands, the domain is confirmed. Where DNS says that there is none, the domain is pending, also if it ' +
    'was confirmed before: its messages are skipped as `sender-unconfirmed` from then on. Without an answer of DNS nothing changes.',
  params,
  audited: true,
  answers: { 200: { description: 'The domain is confirmed', schema: senderSchema } },
  refuses: ['not-found', 'unprocessable'],
  handle: async ({ params: { domain: asked }, workspace }, { store, clock, lookUpTxt }) => {
    const sender = await store.senders.find(workspace.id, asked);
    if (!sender) return noSender(asked);
    const { name, value } = recordOf(sender);
    const texts = await lookUpTxt(name);
    if (texts === undefined) return unanswered(name);
    if (!texts.includes(value)) {
      await store.senders.withdraw(workspace.id, asked);
      return missing(name, value);
    }
    await store.senders.confirm(workspace.id, asked, clock.now());
    const confirmed = await store.senders.find(workspace.id, asked);
    return confirmed ? json(200, senderViewOf(confirmed)) : noSender(asked);
  },
});

export const deleteSender = operation({
  summary: 'Send from a domain no more',
  description: 'Messages from it are skipped as `sender-unconfirmed` from then on.',
  params,
  audited: true,
  answers: { 204: { description: 'There is no such sender any more' } },
  refuses: ['not-found'],
  handle: async ({ params: { domain: asked }, workspace }, { store }) =>
    (await store.senders.remove(workspace.id, asked)) ? nothing() : noSender(asked),
});

/** The fault of a sender's address, if the workspace may not send from it. */
export async function senderFault(
  { store, trustedDomains }: Pick<ApiDependencies, 'store' | 'trustedDomains'>,
  workspace: WorkspaceId,
  from: string,
): Promise<Fault | undefined> {
  const unconfirmed = await store.senders.unconfirmed(workspace, from, trustedDomains);
  if (unconfirmed === undefined) return undefined;
  const detail = `"from" is of the domain "${unconfirmed}", which this workspace has not confirmed; PUT /v1/senders/${unconfirmed} says how`;
  return { pointer: '/from', code: 'sender-unconfirmed', detail };
}

function missing(name: string, value: string): Reply {
  const detail = `DNS has no TXT record "${value}" at ${name}; write it there, and ask again once it is published`;
  return refusal('unprocessable', `${detail}.`, [
    { pointer: '/path/domain', code: 'record-missing', detail },
  ]);
}

function unanswered(name: string): Reply {
  const detail = `DNS gave no answer for ${name}; ask again in a moment`;
  return refusal('unprocessable', `${detail}.`, [
    { pointer: '/path/domain', code: 'dns-unanswered', detail },
  ]);
}

function noSender(asked: string): Reply {
  return refusal('not-found', `There is no sender "${asked}"; see GET /v1/senders.`);
}

function senderViewOf({ token, createdAt, confirmedAt, ...sender }: Sender) {
  return {
    ...sender,
    status: confirmedAt === undefined ? 'pending' : 'confirmed',
    record: recordOf({ ...sender, token }),
    createdAt: isoOf(createdAt),
    ...(confirmedAt !== undefined && { confirmedAt: isoOf(confirmedAt) }),
  };
}
