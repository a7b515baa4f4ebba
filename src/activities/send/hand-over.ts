import { ProviderTrouble, type OutgoingEmail, type ProviderAnswer } from '../../channels/channel';
import { DomainError } from '../../core/domain-error';
import type { Message } from '../../core/messages/message';
import { nowOf, type ActivityDependencies } from '../dependencies';
import { settleAnswered, settleMessage } from './settle-message';

/** After so many tries that reached nobody the journey goes on without the message. */
export const mostAttempts = 8;

type HandingOver = Readonly<{
  claimed: Message;
  email: OutgoingEmail;
  /** True where an earlier hand-over of the same message was never answered. */
  isRepeat: boolean;
  delivery: 'at-most-once' | 'at-least-once';
}>;

/**
 * Hands one message to its provider. `handing` is written first, so that a crash from here on is known to be one whose
 * outcome nobody knows. Throws where trying again is safe and may help.
 */
export async function handOver(
  dependencies: ActivityDependencies,
  handing: HandingOver,
): Promise<Message> {
  const { store, email: provider } = dependencies;
  const { claimed, isRepeat } = handing;
  const isOurs = isRepeat || (await store.messages.beginHanding(claimed.workspace, claimed.id));
  if (!isOurs) throw overtaken(claimed);
  dependencies.failpoint('before-hand-over');
  const receipt = await deliver(dependencies, handing);
  dependencies.failpoint('after-hand-over');
  if (receipt instanceof ProviderTrouble) return recover(dependencies, handing, receipt);
  const repeated = isRepeat && !provider.deduplicates ? { repeated: true } : {};
  return settleAnswered(dependencies, claimed, {
    ...settlementOf(receipt),
    ...repeated,
    at: nowOf(dependencies),
  });
}

/** Only one attempt passes the mark; the next one finds what came of it. */
function overtaken({ id }: Message): DomainError {
  return new DomainError('conflict', `Another attempt is handing message "${id}" over`);
}

async function deliver(
  { email: provider }: ActivityDependencies,
  { email, claimed }: HandingOver,
): Promise<ProviderAnswer | ProviderTrouble> {
  try {
    return await provider.deliver(email, claimed.id);
  } catch (error) {
    if (error instanceof ProviderTrouble) return error;
    throw error;
  }
}

function settlementOf(receipt: ProviderAnswer) {
  return receipt.kind === 'accepted'
    ? ({ status: 'sent', providerId: receipt.providerId } as const)
    : ({ status: 'failed', because: receipt.because } as const);
}

async function recover(
  dependencies: ActivityDependencies,
  { claimed, delivery, isRepeat }: HandingOver,
  trouble: ProviderTrouble,
): Promise<Message> {
  const { store, email: provider, attempt } = dependencies;
  const isOver = attempt().number >= mostAttempts;
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
