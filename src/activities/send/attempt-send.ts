import type { EndReason, SkipReason } from '../../core/decisions/reasons';
import { judge, type Verdict } from '../../core/messages/judge';
import type { Message, MessageEnd } from '../../core/messages/message';
import { compose } from './compose';
import { nowOf, type ActivityDependencies } from '../dependencies';
import { gatherFacts } from './gather-facts';
import { handOver } from './hand-over';
import { heedRefusal } from './heed-refusal';
import type { Sending, Sent } from './sending';
import { settleMessage } from './settle-message';

/** Attempts a claimed message. The gate reads its facts last, immediately before the hand-over. */
export async function attemptSend(
  dependencies: ActivityDependencies,
  sending: Sending,
  claimed: Message,
): Promise<Sent> {
  const isUnanswered = claimed.status === 'handing';
  if (isUnanswered && !isRepeatable(dependencies, sending, claimed)) {
    return settled(await settleUnknown(dependencies, claimed));
  }
  const composed = await compose(dependencies, sending, claimed);
  const facts = await gatherFacts(dependencies, sending, claimed);
  const verdict = judge(sending.journey, sending.step, facts);
  if (verdict.kind !== 'go') {
    const message = isUnanswered
      ? await settleUnknown(dependencies, claimed)
      : await settleRefused(dependencies, claimed, verdict);
    return { message, ending: verdict.kind === 'end' ? verdict.ending : undefined };
  }
  if (composed.kind === 'failed') {
    const { because } = composed;
    return settled(await settleAs(dependencies, claimed, { status: 'failed', because }));
  }
  const message = await handOver(dependencies, {
    claimed,
    deliver: () => composed.prepared.deliver(verdict.address),
    isRepeat: isUnanswered,
    delivery: sending.step.delivery,
  });
  return settled(await heedRefusal(dependencies, message, verdict.address));
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

function settleUnknown(dependencies: ActivityDependencies, claimed: Message): Promise<Message> {
  return settleAs(dependencies, claimed, { status: 'unknown', because: 'unanswered' });
}

function settleRefused(
  dependencies: ActivityDependencies,
  claimed: Message,
  verdict: Exclude<Verdict, { kind: 'go' }>,
): Promise<Message> {
  const because = verdict.kind === 'skip' ? verdict.because : reasonOf(verdict.ending.because);
  return settleAs(dependencies, claimed, { status: 'skipped', because });
}

function reasonOf(because: EndReason): SkipReason {
  return because === 'exit-event' || because === 'expired' ? because : 'enrollment-ended';
}

function settleAs(
  dependencies: ActivityDependencies,
  claimed: Message,
  end: MessageEnd,
): Promise<Message> {
  return settleMessage(dependencies, claimed, { ...end, at: nowOf(dependencies) });
}
