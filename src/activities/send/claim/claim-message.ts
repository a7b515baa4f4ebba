import { messageIdOf } from '../../../core/ids';
import { templateFor } from '../../../core/journeys/steps/send';
import type { Message } from '../../../core/messages/message';
import { nowOf, type ActivityDependencies } from '../../dependencies';
import type { Sending } from '../sending';
import { chooseChannel } from './choose-channel';

/** Decides the route and writes it down, once. A later attempt finds the line of the first. */
export async function claimMessage(
  dependencies: ActivityDependencies,
  sending: Omit<Sending, 'template'>,
): Promise<Message> {
  const { enrollment, step, instruction } = sending;
  const { store, channels } = dependencies;
  const channel = await chooseChannel(dependencies, sending);
  const message = {
    id: messageIdOf(enrollment.id, step.id, instruction.visit),
    workspace: enrollment.workspace,
    enrollment: enrollment.id,
    contact: enrollment.contact,
    step: step.id,
    visit: instruction.visit,
    template: templateFor(step, channel),
    purpose: step.purpose,
    channel,
    provider: channels[channel].provider.name,
    status: 'claimed',
    at: nowOf(dependencies),
  } satisfies Message;
  const claimed = await store.messages.claim(message);
  return claimed.kind === 'claimed' ? message : claimed.message;
}
