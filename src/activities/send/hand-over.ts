import { ProviderTrouble, type ProviderAnswer } from '../../channels/channel';
import { DomainError } from '../../core/domain-error';
import type { Message, MessageEnd } from '../../core/messages/message';
import { isLastAttempt, nowOf, type ActivityDependencies } from '../dependencies';
import { settleAnswered, settleMessage } from './settle-message';

type HandingOver = Readonly<{
  claimed: Message;
  deliver: () => Promise<ProviderAnswer>;
  /** True where an earlier hand-over of the same message was never answered. */
  isRepeat: boolean;
  delivery: 'at-most-once' | 'at-least-once';
}>;

/**
 * Hands one message to its provider. The ledger says `handing` first, so that after a crash it is
 * known that nobody knows the outcome. Throws where trying again is safe and may help.
 */
export async function handOver(
  dependencies: ActivityDependencies,
  handing: HandingOver,
): Promise<Message> {
  const { store, channels } = dependencies;
  const { claimed, isRepeat } = handing;
  const { provider } = channels[claimed.channel];
  const isOurs = isRepeat || (await store.messages.beginHanding(claimed.workspace, claimed.id));
  if (!isOurs) throw overtaken(claimed);
  dependencies.failpoint('before-hand-over');
  const receipt = await answerOf(handing);
  dependencies.failpoint('after-hand-over');
  if (receipt instanceof ProviderTrouble) return recover(dependencies, handing, receipt);
  const repeated = isRepeat && !provider.deduplicates ? { repeated: true } : {};
  return settleAnswered(dependencies, claimed, {
    ...endOf(receipt),
    ...repeated,
    at: nowOf(dependencies),
  });
}

/** Only one attempt passes the mark; the next one finds what came of it. */
function overtaken({ id }: Message): DomainError {
  return new DomainError('conflict', `Another attempt is handing message "${id}" over`);
}

async function answerOf({ deliver }: HandingOver): Promise<ProviderAnswer | ProviderTrouble> {
  try {
    return await deliver();
  } catch (error) {
    if (error instanceof ProviderTrouble) return error;
    throw error;
  }
}

function endOf(receipt: ProviderAnswer): MessageEnd {
  return receipt.kind === 'accepted'
    ? { status: 'sent', providerId: receipt.providerId }
    : { status: 'failed', because: receipt.because };
}

async function recover(
  dependencies: ActivityDependencies,
  { claimed, delivery, isRepeat }: HandingOver,
  trouble: ProviderTrouble,
): Promise<Message> {
  const { store, channels } = dependencies;
  const { provider } = channels[claimed.channel];
  const isOver = isLastAttempt(dependencies);
  const at = nowOf(dependencies);
  if (trouble.handedOver === 'no' && !isRepeat) {
    if (isOver) {
      return settleMessage(dependencies, claimed, {
        status: 'failed',
        because: 'provider-unreachable',
        at,
      });
    }
    await store.messages.backToClaimed(claimed.workspace, claimed.id);
    throw trouble;
  }
  const mayRepeat = provider.deduplicates || delivery === 'at-least-once';
  if (mayRepeat && !isOver) throw trouble;
  return settleAnswered(dependencies, claimed, { status: 'unknown', because: 'unanswered', at });
}
