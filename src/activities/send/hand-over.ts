import { ProviderTrouble, type ProviderAnswer } from '../../channels/channel';
import type { Deliver } from '../../channels/connect-channels';
import type { SkipReason } from '../../core/decisions/reasons';
import { DomainError } from '../../core/domain-error';
import type { Message, MessageEnd } from '../../core/messages/message';
import { claimAddress } from './claim-address';
import { countAtAddress } from './count-at-address';
import { nowOf, type ActivityDependencies } from '../dependencies';
import { putOffMessage } from './put-off-message';
import type { Addressed, Sending } from './sending';
import { endHeldBack, settleAnswered, unanswered } from './settle-message';

type HandingOver = Readonly<{
  sending: Sending;
  claimed: Message;
  address: string;
  deliver: Deliver;
  /** True where an earlier hand-over of the same message was never answered. */
  isRepeat: boolean;
}>;

/**
 * Hands one message to its provider. The ledger says `handing` first, so that after a crash it is
 * known that nobody knows the outcome. Beside it the message takes its address and is counted
 * there. Throws where trying again is safe and may help.
 */
export async function handOver(
  dependencies: ActivityDependencies,
  handing: HandingOver,
): Promise<Message> {
  const { store, channels } = dependencies;
  const { sending, claimed, address, isRepeat } = handing;
  const { provider } = channels[claimed.channel];
  const [isOurs, because] = await Promise.all([
    isRepeat || store.messages.beginHanding(claimed.workspace, claimed.id),
    refusalAt(dependencies, sending, { ...claimed, address }),
  ]);
  if (!isOurs) throw overtaken(claimed);
  if (because) return endHeldBack(dependencies, { claimed, isUnanswered: isRepeat }, because);
  dependencies.failpoint('before-hand-over');
  const answer = await answerOf(handing);
  dependencies.failpoint('after-hand-over');
  if (answer instanceof ProviderTrouble) return recover(dependencies, handing, answer);
  const repeated = isRepeat && !provider.deduplicates ? { repeated: true } : {};
  return settleAnswered(dependencies, claimed, {
    ...endOf(answer),
    ...repeated,
    at: nowOf(dependencies),
  });
}

/** Takes the address and counts there, side by side. A message that is held back is not counted. */
async function refusalAt(
  dependencies: ActivityDependencies,
  sending: Sending,
  message: Addressed,
): Promise<SkipReason | undefined> {
  const [isOnlyOne, { hasRoom, giveBack }] = await Promise.all([
    claimAddress(dependencies, sending, message),
    countAtAddress(dependencies, sending, message),
  ]);
  if (!hasRoom) return 'address-limit';
  if (isOnlyOne) return undefined;
  await giveBack();
  return 'same-address';
}

/** Only one attempt passes the mark; the next one finds what came of it. */
function overtaken({ id }: Message): DomainError {
  return new DomainError('conflict', `Another attempt is handing message "${id}" over`);
}

async function answerOf({
  deliver,
  address,
}: HandingOver): Promise<ProviderAnswer | ProviderTrouble> {
  try {
    return await deliver(address);
  } catch (error) {
    if (error instanceof ProviderTrouble) return error;
    throw error;
  }
}

function endOf(answer: ProviderAnswer): MessageEnd & Readonly<{ answer?: string }> {
  return answer.kind === 'accepted'
    ? { status: 'sent', providerId: answer.providerId }
    : { status: 'failed', because: answer.because, answer: answer.detail };
}

/** Repeats a message that may have left only where that is safe or asked for. */
async function recover(
  dependencies: ActivityDependencies,
  { sending, claimed, isRepeat }: HandingOver,
  trouble: ProviderTrouble,
): Promise<Message> {
  const { provider } = dependencies.channels[claimed.channel];
  const mayHaveLeft = isRepeat || trouble.kind === 'unanswered';
  const mayRepeat = provider.deduplicates || sending.step.delivery === 'at-least-once';
  if (mayHaveLeft && !mayRepeat) {
    return settleAnswered(dependencies, claimed, { ...unanswered, at: nowOf(dependencies) });
  }
  return putOffMessage(dependencies, { sending, claimed, trouble, mayHaveLeft });
}
