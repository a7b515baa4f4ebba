import type { SendInstruction } from '../../core/enrollments/instruction';
import { isOpen } from '../../core/messages/message';
import type { DeferredOutcome, HandledOutcome } from '../../core/enrollments/outcome';
import type { Order } from '../../contract/activities';
import type { ActivityDependencies } from '../dependencies';
import { enrolledOf, stepOf } from '../enrolled';
import { attemptSend } from './attempt-send';
import { claimMessage } from './claim/claim-message';
import { recordSend } from './record-send';

/**
 * Sends one message at most once: claim, compose, gate, hand over, record. Every part may run
 * again. A claim that was answered is only recorded again. A hand-over without an answer makes the
 * message `unknown`, unless a repeat is safe or asked for.
 */
export async function send(
  dependencies: ActivityDependencies,
  order: Order<SendInstruction>,
): Promise<HandledOutcome | DeferredOutcome> {
  const { store } = dependencies;
  return store.causally((verbs) =>
    sendCausally({ ...dependencies, store: { ...store, ...verbs } }, order),
  );
}

/** In one session, so that the gate sees every event acknowledged before the claim. */
async function sendCausally(
  dependencies: ActivityDependencies,
  order: Order<SendInstruction>,
): Promise<HandledOutcome | DeferredOutcome> {
  const enrolled = await enrolledOf(dependencies, order);
  const step = stepOf(enrolled.journey, order.instruction.step, 'send');
  const { workspace, contact: id } = enrolled.enrollment;
  const { contacts, templates } = dependencies.store;
  const [contact, usual] = await Promise.all([
    contacts.findById(workspace, id),
    templates.find(workspace, step.template),
  ]);
  const standing = { ...enrolled, step, instruction: order.instruction, contact };
  const claimed = await claimMessage(dependencies, standing);
  const isUsual = claimed.template === step.template;
  const template = isUsual ? usual : await templates.find(workspace, claimed.template);
  const sending = { ...standing, template };
  dependencies.failpoint('after-claim');
  const { message, ending } = isOpen(claimed)
    ? await attemptSend(dependencies, sending, claimed)
    : { message: claimed, ending: undefined };
  const outcome = await recordSend(dependencies, sending, { message, ending });
  dependencies.failpoint('before-completion');
  return outcome;
}
