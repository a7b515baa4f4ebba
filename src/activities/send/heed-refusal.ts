import type { Message } from '../../core/messages/message';
import { nowOf, type ActivityDependencies } from '../dependencies';

/**
 * Suppresses an address that its provider refuses for good. No contact with that address is written
 * to any more. Answers the message.
 */
export async function heedRefusal(
  dependencies: ActivityDependencies,
  message: Message,
  address: string,
): Promise<Message> {
  if (message.because !== 'address-refused') return message;
  const { workspace, channel } = message;
  const suppression = { channel, address, because: 'bounced', at: nowOf(dependencies) } as const;
  await dependencies.store.suppressions.suppress(workspace, suppression);
  return message;
}
