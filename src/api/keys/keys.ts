import { z } from 'zod';
import { base32 } from '../../process/base32';
import { apiKeyId } from '../../core/ids';
import { instant } from '../../core/time/time.schema';
import type { ApiKey } from '../../store/keys';
import { mostKeys } from '../../store/quotas';
import { isoOf, isoSchema, pageRequestOf, pageSchema, paging } from '../http/answers';
import { hashOf } from '../http/access/authentication';
import { operation } from '../http/operation';
import { json, nothing, refusal } from '../http/reply';
import { scopes } from '../http/scope';

const keySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.enum(scopes)),
    expiresAt: isoSchema.optional(),
    createdAt: isoSchema,
  })
  .meta({ id: 'Key', description: 'An API key, without the key itself' });

const createdKeySchema = keySchema
  .extend({ key: z.string().meta({ description: 'The key: nobody can read it again' }) })
  .meta({ id: 'CreatedKey' });

export const postKey = operation({
  summary: 'Create an API key',
  description:
    'For the workspace of the key that asks. Only a hash of the new key is stored, so that this answer alone shows it. It takes ' +
    'no `Idempotency-Key`, since the answer kept under it would hold the secret: every request makes another key. One whose ' +
    `answer was lost is the latest in \`GET /v1/keys\`; delete it and ask again. A workspace has at most ${mostKeys}.`,
  body: z.strictObject({
    name: z.string().min(1).max(200).meta({ description: 'What the record calls who acts by it' }),
    scopes: z.array(z.enum(scopes)).min(1).max(scopes.length).meta({
      description:
        '`admin` stands for all of them. `events:write` alone may stand in a page: it reads nothing, replaces no address and merges no two users. Whatever shows something of a person needs `contacts:read`.',
    }),
    expiresAt: instant
      .optional()
      .meta({ description: 'From then on it is refused; default: never' }),
  }),
  answers: { 201: { description: 'The key, for this once', schema: createdKeySchema } },
  refuses: ['unprocessable'],
  handle: async ({ body, workspace }, { store, clock, randomBytes }) => {
    const now = clock.now();
    const expiresAt =
      body.expiresAt === undefined ? undefined : clock.engineTimeOf(Date.parse(body.expiresAt));
    if (expiresAt !== undefined && expiresAt <= now) return expired;
    const key = `itk_${randomBytes(32).toString('base64url')}`;
    const stored: ApiKey = {
      id: apiKeyId(`k${base32(randomBytes(10), 16)}`),
      hash: hashOf(key),
      workspace: workspace.id,
      name: body.name,
      scopes: [...new Set(body.scopes)],
      ...(expiresAt !== undefined && { expiresAt }),
      createdAt: now,
    };
    await store.keys.put(stored);
    const { id, ...rest } = keyViewOf(stored);
    return json(201, { id, key, ...rest });
  },
});

export const listKeys = operation({
  summary: 'The API keys of the workspace, the one created last first',
  description:
    'Never a key itself or its hash. The bootstrap key of the environment is not stored, so it is not among them.',
  query: z.strictObject(paging),
  answers: { 200: { description: 'A page', schema: pageSchema(keySchema) } },
  refuses: ['unprocessable'],
  handle: async ({ query, workspace }, { store }) => {
    const page = await store.keys.list(workspace.id, pageRequestOf(query));
    return json(200, { ...page, data: page.data.map(keyViewOf) });
  },
});

export const deleteKey = operation({
  summary: 'Revoke an API key',
  description:
    'It is refused at once by the process that answers, by every other one within half a second. A key may revoke itself.',
  params: z.strictObject({ keyId: z.string().max(64) }),
  answers: { 204: { description: 'There is no such key any more' } },
  refuses: ['not-found'],
  handle: async ({ params, workspace }, { store, callers }) => {
    const removed = await store.keys.remove(workspace.id, apiKeyId(params.keyId));
    if (!removed) {
      return refusal('not-found', `There is no API key "${params.keyId}"; see GET /v1/keys.`);
    }
    callers.keys.forget(removed.hash);
    return nothing();
  },
});

const notAhead =
  '"expiresAt" has passed already; give an instant that lies ahead, or leave it out for a key that does not expire';
const expired = refusal('unprocessable', `${notAhead}.`, [
  { pointer: '/expiresAt', code: 'not-ahead', detail: notAhead },
]);

function keyViewOf({ id, name, scopes: granted, expiresAt, createdAt }: ApiKey) {
  return {
    id,
    name,
    scopes: granted,
    ...(expiresAt !== undefined && { expiresAt: isoOf(expiresAt) }),
    createdAt: isoOf(createdAt),
  };
}
