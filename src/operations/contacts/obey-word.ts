import type { ChannelName } from '../../core/channels';
import type { InboundMessage } from '../../core/messages/inbound';
import { topics } from './preferences';
import { stateChoice, type ChoosingByLink } from './state-choice';

/**
 * Obeys STOP and START. STOP closes the address for all that can be refused, for every contact that
 * has it, and withdraws the consents of its contact in this channel. START takes both back:
 * consents that were withdrawn are given again, and no others. Neither touches a bounce or a
 * complaint. A repeat changes nothing. False where there is no such workspace.
 */
export async function obeyWord(
  dependencies: ChoosingByLink,
  channel: ChannelName,
  { workspace, from: address, word }: InboundMessage,
): Promise<boolean> {
  const { store, now } = dependencies;
  const home = await store.workspaces.find(workspace);
  if (!home) return false;
  const about = { channel, address, at: now } as const;
  const own = topics.filter((topic) => topic.channel === channel);
  if (word === 'stop') {
    await store.suppressions.suppress(workspace, { ...about, because: 'unsubscribed' });
  } else {
    for (const { purpose } of own) {
      await store.suppressions.resubscribe(workspace, { ...about, purpose });
    }
  }
  const known = await store.contacts.find(workspace, { phone: address });
  if (!known) return true;
  const given = word === 'start';
  const isWithdrawn = ({ purpose }: (typeof own)[number]) =>
    known.consents[purpose]?.[channel]?.given === false;
  const chosen = given ? own.filter(isWithdrawn) : own;
  await stateChoice(dependencies, { home, known, topics: chosen, given, source: 'inbound' });
  return true;
}
