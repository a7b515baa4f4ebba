import { ProviderTrouble, type ProviderAnswer } from '../../channels/channel';
import type { Deliver } from '../../channels/connect-channels';
import type { SkipReason } from '../../core/decisions/reasons';
import { DomainError } from '../../core/domain-error';
import type { HoldingBack } from '../../core/messages/judge';
import type { Message, MessageEnd } from '../../core/messages/message';
import { claimAddress } from './places/claim-address';
import { countAtAddress } from './places/count-at-address';
import { nowOf, type ActivityDependencies } from '../dependencies';
import { deferMessage } from './hold-message';
import { putOffMessage } from './put-off-message';
import { isRepeatable, isRepeatDropped } from './repeats';
import type { Addressed, Sending } from './sending';
import { endHeldBack, settleAnswered, unanswered } from './settle-message';
import { takeRoom, type Room } from './places/take-room';

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
  const { sending, address, isRepeat } = handing;
  const handedAt = nowOf(dependencies);
  const claimed = isRepeat ? handing.claimed : { ...handing.claimed, handedAt };
  const [isOurs, place] = await Promise.all([
    isRepeat || dependencies.store.messages.beginHanding(claimed.workspace, claimed.id, handedAt),
    takePlace(dependencies, sending, { ...claimed, address }),
  ]);
  if (!isOurs) throw overtaken(claimed);
  if (place.refusal) return heldBack(dependencies, handing, place.refusal);
  dependencies.failpoint('before-hand-over');
  const answer = await answerOf(handing);
  dependencies.failpoint('after-hand-over');
  if (answer instanceof ProviderTrouble)
    return recover(dependencies, { ...handing, claimed, place }, answer);
  if (answer.kind === 'refused') await place.giveBack();
  const repeated = isRepeat && !isRepeatDropped(dependencies, claimed) ? { repeated: true } : {};
  return settleAnswered(dependencies, claimed, {
    ...endOf(answer),
    ...repeated,
    at: nowOf(dependencies),
  });
}

/**
 * Takes the address, counts there and takes room below the caps, side by side. A message that is
 * held back is not counted.
 */
async function takePlace(
  dependencies: ActivityDependencies,
  sending: Sending,
  message: Addressed,
): Promise<Room> {
  const [isOnlyOne, count, room] = await Promise.all([
    claimAddress(dependencies, sending, message),
    countAtAddress(dependencies, sending, message),
    takeRoom(dependencies, sending, message),
  ]);
  const against = [
    ...(count.hasRoom ? [] : [skipped('address-limit')]),
    ...(isOnlyOne ? [] : [skipped('same-address')]),
    ...(room.refusal ? [room.refusal] : []),
  ];
  const [refusal] = against;
  if (!refusal) return room;
  if (count.hasRoom) await count.giveBack();
  await room.giveBack();
  return { refusal, giveBack: room.giveBack };
}

function skipped(because: SkipReason): HoldingBack {
  return { kind: 'skip', because, facts: {} };
}

function heldBack(
  dependencies: ActivityDependencies,
  { sending, claimed, isRepeat: isUnanswered }: HandingOver,
  refusal: HoldingBack,
): Promise<Message> {
  const gate = { sending, claimed, isUnanswered };
  return refusal.kind === 'defer'
    ? deferMessage(dependencies, gate, refusal)
    : endHeldBack(dependencies, gate, refusal.because);
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
  { sending, claimed, isRepeat, place }: HandingOver & Readonly<{ place: Room }>,
  trouble: ProviderTrouble,
): Promise<Message> {
  const mayHaveLeft = isRepeat || trouble.kind === 'unanswered';
  if (mayHaveLeft && !isRepeatable(dependencies, sending, claimed)) {
    return settleAnswered(dependencies, claimed, { ...unanswered, at: nowOf(dependencies) });
  }
  if (!mayHaveLeft) await place.giveBack();
  return putOffMessage(dependencies, { sending, claimed, trouble, mayHaveLeft });
}
