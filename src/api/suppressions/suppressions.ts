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
  channel: z
    .enum(channels)
    .optional()
    .meta({ description: 'By default every one that the address is of' }),
});

type Place = Readonly<{ channel: ChannelName; address: string }>;

/** A number is an address of every channel that writes to telephones. */
function placesOf(address: string, channel?: ChannelName): readonly Place[] {
  const usual = address.includes('@') ? (['email'] as const) : (['sms', 'whatsapp'] as const);
  return (channel === undefined ? usual : [channel]).map((each) => ({ address, channel: each }));
}

const answers = {
  200: {
    description:
      'Everything that stands against the address now, in each channel the strongest reason first',
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
    const places = placesOf(address, channel);
    const at = deps.clock.now();
    for (const place of places) {
      await deps.store.suppressions.suppress(workspace.id, { ...place, at, ...body });
    }
    return standing(deps, workspace.id, places);
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
    standing(deps, workspace.id, placesOf(address, channel)),
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
    const places = placesOf(address, channel);
    for (const place of places) await deps.store.suppressions.lift(workspace.id, place);
    return standing(deps, workspace.id, places);
  },
});

async function standing(
  { store }: ApiDependencies,
  workspace: WorkspaceId,
  places: readonly Place[],
): Promise<Reply> {
  const found = await Promise.all(
    places.map(async ({ channel, address }) => {
      const those = await store.suppressions.ofAddress(workspace, channel, address);
      return those.map((each) => suppressionViewOf({ ...each, address }));
    }),
  );
  return json(200, { data: found.flat() });
}

export function suppressionViewOf({ at, ...suppression }: SuppressedAddress) {
  return { ...suppression, at: isoOf(at) };
}
