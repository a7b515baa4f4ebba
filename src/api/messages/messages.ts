import { z } from 'zod';
import { assertNever } from '../../core/assert-never';
import { enrollmentId, messageId } from '../../core/ids';
import { channels, purposes } from '../../core/channels';
import type { Message } from '../../core/messages/message';
import { reportKinds } from '../../core/events/message-event';
import { troubleKinds } from '../../core/messages/trouble';
import { idsNamed } from '../../operations/contacts/change-contact';
import { resolveMessage as resolve } from '../../operations/messages/resolve-message';
import { personal, shownTo } from '../http/access/personal';
import { isoOf, isoSchema, pageRequestOf, pageSchema, paging } from '../http/answers';
import { messageReasonSchema } from '../decisions/reason-schemas';
import { reasonInput } from '../enrollments/interventions';
import { operation } from '../http/operation';
import { json, refusal, type Reply } from '../http/reply';

const statuses = [
  'claimed',
  'deferred',
  'handing',
  'sent',
  'delivered',
  'bounced',
  'complained',
  'skipped',
  'failed',
  'unknown',
] as const;

const reportTimes = {
  deliveredAt: isoSchema.optional(),
  bouncedAt: isoSchema.optional(),
  complainedAt: isoSchema.optional(),
  openedAt: isoSchema.optional().meta({ description: 'First opened by a person' }),
  clickedAt: isoSchema.optional(),
};

export const messageSchema = z
  .object({
    id: z.string(),
    enrollment: z.string(),
    contact: z.string(),
    step: z.string(),
    visit: z.int(),
    template: z.string(),
    purpose: z.enum(purposes),
    channel: z.enum(channels),
    provider: z.string(),
    providerId: z.string().optional(),
    status: z.enum(statuses),
    because: messageReasonSchema.optional(),
    repeated: z.boolean().optional(),
    attempts: z.int().optional().meta({ description: 'Answers of the provider that put it off' }),
    attemptedAt: isoSchema.optional(),
    handedAt: isoSchema.optional().meta({ description: 'When its hand-over began' }),
    nextAttemptAt: isoSchema.optional(),
    answer: z
      .string()
      .optional()
      .meta({ description: `The provider's words of refusal. ${personal}` }),
    trouble: z
      .object({
        kind: z.enum(troubleKinds),
        status: z.string().optional(),
        text: z.string().optional(),
        at: isoSchema,
      })
      .optional()
      .meta({
        description: `The latest trouble with the provider, in the provider's own words. ${personal}`,
      }),
    ...reportTimes,
    at: isoSchema,
  })
  .meta({ id: 'Message', description: 'A line of the ledger' });

export const listMessages = operation({
  summary: 'The ledger of messages, latest first',
  query: z.strictObject({
    contact: z.string().trim().max(200).optional().meta({ description: 'Your userId, or our id' }),
    enrollment: z.string().max(200).optional(),
    status: z.enum(statuses).optional(),
    ...paging,
  }),
  answers: { 200: { description: 'A page', schema: pageSchema(messageSchema) } },
  refuses: ['unprocessable'],
  handle: async ({ query, workspace }, deps) => {
    const { enrollment, status } = query;
    const contact = query.contact && (await idsNamed(deps, workspace.id, query.contact));
    if (query.contact !== undefined && !contact) return json(200, { data: [] });
    const filter = {
      ...(contact && { contact }),
      ...(enrollment !== undefined && { enrollment: enrollmentId(enrollment) }),
      ...(status && { status }),
    };
    const page = await deps.store.messages.list(workspace.id, filter, pageRequestOf(query));
    return json(200, { ...page, data: page.data.map(messageViewOf) });
  },
});

/** A provider may name the recipient in its words. */
const words = ['answer', 'trouble'] as const;

const messageParams = z.strictObject({ messageId: z.string().max(300) });

export const getMessage = operation({
  summary: 'One message',
  params: messageParams,
  answers: { 200: { description: 'The message', schema: messageSchema } },
  refuses: ['not-found'],
  handle: async ({ params, workspace }, { store }) => {
    const message = await store.messages.find(workspace.id, messageId(params.messageId));
    return message ? json(200, messageViewOf(message)) : noMessage(params.messageId);
  },
});

export const resolveMessage = operation({
  summary: 'Say what became of a message whose hand-over was never answered',
  description:
    'Settles an `unknown` message in the ledger and sends nothing. Who said so and why is a decision of its own in the timeline.',
  params: messageParams,
  body: z.strictObject({ status: z.enum(['sent', 'failed']), reason: reasonInput }),
  answers: { 200: { description: 'The message as it is now', schema: messageSchema } },
  refuses: ['not-found', 'conflict'],
  handle: async ({ params, body, workspace, keyName, may }, { store, clock }) => {
    const message = messageId(params.messageId);
    const resolution = { message, ...body, by: keyName };
    const answer = await resolve({ store, now: clock.now() }, workspace.id, resolution);
    switch (answer.kind) {
      case 'no-message':
        return noMessage(message);
      case 'settled':
        return refusal('conflict', settledDetail(answer.message));
      case 'resolved':
        return json(200, shownTo({ may }, messageViewOf(answer.message), words));
      default:
        return assertNever(answer);
    }
  },
});

function settledDetail({ id, status }: Message): string {
  return `Message "${id}" is ${status}; only an unknown one can be resolved.`;
}

function noMessage(id: string): Reply {
  return refusal('not-found', `There is no message "${id}"; see GET /v1/messages.`);
}

/** Every instant of a message that may be absent. */
const instants = [
  'attemptedAt',
  'handedAt',
  'nextAttemptAt',
  ...reportKinds.map((kind) => `${kind}At` as const),
] as const;

export function messageViewOf({ workspace: _workspace, at, trouble, ...message }: Message) {
  const written = instants.flatMap((name) => {
    const instant = message[name];
    return instant === undefined ? [] : [[name, isoOf(instant)] as const];
  });
  return {
    ...message,
    ...(Object.fromEntries(written) as Partial<Record<(typeof instants)[number], string>>),
    ...(trouble && { trouble: { ...trouble, at: isoOf(trouble.at) } }),
    at: isoOf(at),
  };
}
