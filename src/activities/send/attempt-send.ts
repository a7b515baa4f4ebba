import { ProviderTrouble } from '../../channels/channel';
import type { Deliver } from '../../channels/connect-channels';
import { DomainError } from '../../core/domain-error';
import { assertNever } from '../../core/assert-never';
import { switchedOff } from '../../core/decisions/reasons';
import { judge } from '../../core/messages/judge';
import type { Message } from '../../core/messages/message';
import { compose } from './compose';
import { nowOf, type ActivityDependencies } from '../dependencies';
import { gatherFacts } from './gather-facts';
import { handOver } from './hand-over';
import { heedRefusal } from './heed-refusal';
import { deferMessage, holdMessage, type AtGate } from './hold-message';
import { putOffMessage, refuseEarly } from './put-off-message';
import { isRepeatable } from './repeats';
import type { Sending, Sent } from './sending';
import { endAs, endHeldBack, reasonOf, unanswered } from './settle-message';

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
  if (isStillDeferred(dependencies, claimed)) return settled(claimed);
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
  attempt: AtGate,
  deliver: Deliver,
): Promise<Sent> {
  const { sending, claimed, isUnanswered: isRepeat } = attempt;
  const { workspace, id } = claimed;
  if (isRepeat && !isRepeatable(dependencies, sending, claimed)) {
    return settled(await endAs(dependencies, claimed, unanswered));
  }
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
  attempt: AtGate,
  work: (address: string) => Promise<Message>,
): Promise<Sent> {
  const { sending, claimed } = attempt;
  const facts = await gatherFacts(dependencies, sending, claimed);
  const verdict = judge(sending.journey, sending.step, facts);
  switch (verdict.kind) {
    case 'go':
      return settled(await work(verdict.address));
    case 'defer':
      return settled(await deferMessage(dependencies, attempt, verdict));
    case 'hold':
      return holdMessage(dependencies, attempt);
    case 'skip':
      return settled(await endHeldBack(dependencies, attempt, verdict.because));
    case 'end': {
      const because = reasonOf(verdict.ending.because);
      const message = await endHeldBack(dependencies, attempt, because);
      return { message, ending: verdict.ending };
    }
    default:
      return assertNever(verdict);
  }
}

/** A try before has put it off, and its answer was lost. */
function isStillDeferred(
  dependencies: ActivityDependencies,
  { status, because, nextAttemptAt = -Infinity }: Message,
): boolean {
  const isDeferred = status === 'deferred' && because !== switchedOff;
  return isDeferred && nextAttemptAt > nowOf(dependencies);
}

function settled(message: Message): Sent {
  return { message, ending: undefined };
}
