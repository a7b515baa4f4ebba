import { ProviderTrouble } from '../../channels/channel';
import type { Deliver } from '../../channels/connect-channels';
import { DomainError } from '../../core/domain-error';
import type { EndReason, SkipReason } from '../../core/decisions/reasons';
import { judge, type Verdict } from '../../core/messages/judge';
import type { Message } from '../../core/messages/message';
import { compose } from './compose';
import { nowOf, type ActivityDependencies } from '../dependencies';
import { gatherFacts } from './gather-facts';
import { handOver } from './hand-over';
import { heedRefusal } from './heed-refusal';
import { putOffMessage, refuseEarly } from './put-off-message';
import type { Sending, Sent } from './sending';
import { endAs, endHeldBack, unanswered } from './settle-message';

/** An attempt of a claimed message. */
type Attempt = Readonly<{ sending: Sending; claimed: Message; isUnanswered: boolean }>;

/**
 * Attempts a claimed message. It waits for a slot of the provider first: the gate reads its facts
 * last, immediately before the hand-over.
 */
export async function attemptSend(
  dependencies: ActivityDependencies,
  sending: Sending,
  claimed: Message,
): Promise<Sent> {
  const isUnanswered = claimed.status === 'handing';
  const attempt = { sending, claimed, isUnanswered };
  if (isUnanswered && !isRepeatable(dependencies, sending, claimed)) {
    return settled(await endAs(dependencies, claimed, unanswered));
  }
  refuseEarly(dependencies, claimed);
  const composed = await compose(dependencies, sending, claimed);
  if (composed.kind === 'failed') {
    const end = { status: 'failed', because: composed.because } as const;
    return gated(dependencies, attempt, () => endAs(dependencies, claimed, end));
  }
  try {
    return await composed.prepared.inSlot((deliver) => inSlot(dependencies, attempt, deliver));
  } catch (trouble) {
    if (!(trouble instanceof ProviderTrouble)) throw trouble;
    const found = { sending, claimed, trouble, mayHaveLeft: isUnanswered };
    return gated(dependencies, attempt, () => putOffMessage(dependencies, found));
  }
}

/** Marks its turn first. After this write the gate sees all acknowledged before. */
async function inSlot(
  dependencies: ActivityDependencies,
  attempt: Attempt,
  deliver: Deliver,
): Promise<Sent> {
  const { sending, claimed, isUnanswered: isRepeat } = attempt;
  const { workspace, id } = claimed;
  const isOurs = await dependencies.store.messages.beginAttempt(workspace, id, nowOf(dependencies));
  if (!isOurs) throw new DomainError('conflict', `Another attempt has settled message "${id}"`);
  return gated(dependencies, attempt, async (address) => {
    const handing = { sending, claimed, address, deliver, isRepeat };
    return heedRefusal(dependencies, await handOver(dependencies, handing), address);
  });
}

/** Asks the gate. If it says go, `work` makes of the message what it can. */
async function gated(
  dependencies: ActivityDependencies,
  attempt: Attempt,
  work: (address: string) => Promise<Message>,
): Promise<Sent> {
  const { sending, claimed } = attempt;
  const facts = await gatherFacts(dependencies, sending, claimed);
  const verdict = judge(sending.journey, sending.step, facts);
  if (verdict.kind === 'go') return settled(await work(verdict.address));
  const message = await endHeldBack(dependencies, attempt, skipReasonOf(verdict));
  return { message, ending: verdict.kind === 'end' ? verdict.ending : undefined };
}

function isRepeatable(
  { channels }: ActivityDependencies,
  { step }: Sending,
  { channel }: Message,
): boolean {
  return channels[channel].provider.deduplicates || step.delivery === 'at-least-once';
}

function settled(message: Message): Sent {
  return { message, ending: undefined };
}

function skipReasonOf(verdict: Exclude<Verdict, { kind: 'go' }>): SkipReason {
  return verdict.kind === 'skip' ? verdict.because : reasonOf(verdict.ending.because);
}

function reasonOf(because: EndReason): SkipReason {
  return because === 'exit-event' || because === 'expired' ? because : 'enrollment-ended';
}
