import type { SendInstruction } from '../../core/enrollments/instruction';
import { messageIdOf } from '../../core/ids';
import type { Message } from '../../core/messages/message';
import type { HandledOutcome } from '../../core/enrollments/outcome';
import type { Order } from '../../contract/activities';
import { nowOf, type ActivityDependencies } from '../dependencies';
import { enrolledOf, stepOf } from '../enrolled';
import { attemptSend } from './attempt-send';
import { recordSend } from './record-send';
import type { Sending } from './sending';

/**
 * Sends one message at most once: claim, compose, gate, hand over, record. Every part may run again; a claim that was
 * answered is only recorded again, one that was handed over without an answer is `unknown` unless a repeat is safe or asked for.
 */
export async function send(
  dependencies: ActivityDependencies,
  order: Order<SendInstruction>,
): Promise<HandledOutcome> {
  const { store } = dependencies;
  return store.causally((verbs) =>
    sendCausally({ ...dependencies, store: { ...store, ...verbs } }, order),
  );
}

/** In one session, so that the gate sees every event acknowledged before the claim. */
async function sendCausally(
  dependencies: ActivityDependencies,
  order: Order<SendInstruction>,
): Promise<HandledOutcome> {
  const enrolled = await enrolledOf(dependencies, order);
  const step = stepOf(enrolled.journey, order.instruction.step, 'send');
  const sending = { ...enrolled, step, instruction: order.instruction };
  const claimed = await claim(dependencies, sending);
  dependencies.failpoint('after-claim');
  const { message, ending } = isSettled(claimed)
    ? { message: claimed, ending: undefined }
    : await attemptSend(dependencies, sending, claimed);
  const outcome = await recordSend(dependencies, sending, { message, ending });
  dependencies.failpoint('before-completion');
  return outcome;
}

async function claim(
  dependencies: ActivityDependencies,
  { row, step, instruction }: Sending,
): Promise<Message> {
  const { store, email } = dependencies;
  const message = {
    id: messageIdOf(row.id, step.id, instruction.visit),
    workspace: row.workspace,
    enrollment: row.id,
    contact: row.contact,
    step: step.id,
    visit: instruction.visit,
    template: step.template,
    purpose: step.purpose,
    channel: step.channels[0] ?? 'email',
    provider: email.name,
    status: 'claimed',
    at: nowOf(dependencies),
  } satisfies Message;
  const claimed = await store.messages.claim(message);
  return claimed.kind === 'claimed' ? message : claimed.message;
}

function isSettled({ status }: Message): boolean {
  return status !== 'claimed' && status !== 'handing';
}
