import { z } from 'zod';
import { emailAddressOrNumber } from '../../core/contacts/address.schema';
import { channels, purposes, type ChannelName } from '../../core/channels';
import type { WorkspaceId } from '../../core/ids';
import type { SuppressedAddress } from '../../store/suppressions';
import type { ApiDependencies } from '../dependencies';
import { suppressionReasonSchema } from '../decisions/reason-schemas';
import { isoOf, isoSchema } from '../http/answers';
import { operation } from '../http/operation';
import { json, type Reply } from '../http/reply';

export const suppressionSchema = z
  .object({
    channel: z.enum(channels),
    address: z.string(),
    because: suppressionReasonSchema,
    purpose: z.enum(purposes).optional().meta({ description: 'What was unsubscribed from' }),
    at: isoSchema,
  })
  .meta({ id: 'Suppression' });

const params = z.strictObject({
  address: emailAddressOrNumber,
});
const query = z.strictObject({
  channel: z.enum(channels).optional().meta({ description: 'By default what the address is of' }),
});

function placeOf(address: string, channel?: ChannelName) {
  return { address, channel: channel ?? (address.includes('@') ? 'email' : 'sms') } as const;
}
const answers = {
  200: {
    description: 'Everything that stands against the address now, the strongest reason first',
    schema: z.object({ data: z.array(suppressionSchema) }),
  },
};

export const putSuppression = operation({
  summary: 'Write to an address no more',
  description:
    'It holds for every contact with this address, now and later. `do-not-contact` is the strongest reason and the default. A repeat changes nothing.',
  params,
  query,
  body: z.strictObject({ because: suppressionReasonSchema.default('do-not-contact') }),
  answers,
  refuses: ['unprocessable'],
  handle: async ({ params: { address }, query: { channel }, body, workspace }, deps) => {
    const place = placeOf(address, channel);
    await deps.store.suppressions.suppress(workspace.id, {
      ...place,
      at: deps.clock.now(),
      ...body,
    });
    return standing(deps, workspace.id, place);
  },
});

export const getSuppression = operation({
  summary: 'Why an address is not written to',
  description: 'Only digests of addresses are kept, so that there is no list of them.',
  params,
  query,
  answers,
  refuses: ['unprocessable'],
  handle: ({ params: { address }, query: { channel }, workspace }, deps) =>
    standing(deps, workspace.id, placeOf(address, channel)),
});

export const deleteSuppression = operation({
  summary: 'Write to an address again',
  description:
    'Lifts every reason but `unsubscribed`: only a later consent of the person does that, see PUT /v1/contacts/{ref}. The answer says what still stands.',
  params,
  query,
  answers,
  refuses: ['unprocessable'],
  handle: async ({ params: { address }, query: { channel }, workspace }, deps) => {
    const place = placeOf(address, channel);
    await deps.store.suppressions.lift(workspace.id, place);
    return standing(deps, workspace.id, place);
  },
});

async function standing(
  { store }: ApiDependencies,
  workspace: WorkspaceId,
  { channel, address }: Readonly<{ channel: ChannelName; address: string }>,
): Promise<Reply> {
  const found = await store.suppressions.ofAddress(workspace, channel, address);
  return json(200, { data: found.map((each) => suppressionViewOf({ ...each, address })) });
}

export function suppressionViewOf({ at, ...suppression }: SuppressedAddress) {
  return { ...suppression, at: isoOf(at) };
}
