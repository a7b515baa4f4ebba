import type { ChannelName, Purpose } from '../../../src/core/channels';
import { contactId, workspaceId } from '../../../src/core/ids';
import type { TestApi } from '../test-api';

type Message = Readonly<{ purpose?: Purpose; channel?: ChannelName }>;

export const workspace = workspaceId('default');

/** Changes a contact, and answers the path of the link in a message to it. */
export async function linkOf(
  api: TestApi,
  userId: string,
  change: object = {},
  { purpose = 'marketing', channel = 'email' }: Message = {},
): Promise<string> {
  const contact = await api.admin
    .put(`/v1/contacts/${userId}`)
    .send({ email: `${userId}@shop.test`, ...change });
  const { id } = contact.body as { id: string };
  const claim = { workspace, contact: contactId(id), channel, purpose };
  return new URL(api.deps.links.unsubscribeUrl(claim)).pathname;
}

/** The choices that a page offers. */
export function offeredIn({ text }: Readonly<{ text: string }>): readonly string[] {
  return [...text.matchAll(/\?set=([\w.]+)/g)].map(([, set]) => String(set));
}
