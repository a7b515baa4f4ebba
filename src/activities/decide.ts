import type { Decision } from '../core/decisions/decision';
import { branched, noted } from '../core/decisions/decisions';
import { contactFactsOf } from '../core/contacts/contact';
import { occurrenceFactsOf, type Facts } from '../core/conditions/facts';
import { factAt } from '../core/conditions/fact-at';
import { holds, pathsOf } from '../core/conditions/holds';
import type { DecideInstruction } from '../core/enrollments/instruction';
import type { JsonObject } from '../core/json/json';
import { messageFactsOf } from '../core/messages/message-facts';
import type { Outcome } from '../core/enrollments/outcome';
import { caseNameOf, caseNumberOf } from '../core/enrollments/walk';
import type { Order } from '../contract/activities';
import { nowOf, type ActivityDependencies } from './dependencies';
import { enrolledOf, stepOf, type Enrolled } from './enrolled';
import { recordOnce } from './record-once';

type Decided = Extract<Outcome, { kind: 'decided' }>;

/** Decides a visit of a branch once. Run again, it answers the case on record. */
export async function decide(
  dependencies: ActivityDependencies,
  order: Order<DecideInstruction>,
): Promise<Decided> {
  const { instruction } = order;
  const { step: id, visit, notes } = instruction;
  const enrolled = await enrolledOf(dependencies, order);
  const { enrollment, journey } = enrolled;
  const step = stepOf(journey, id, 'branch');
  const facts = await factsOf(dependencies, enrolled);
  const taken = step.cases.findIndex(({ when }) => holds(when, facts));
  const decision = branched(enrollment, {
    step: id,
    visit,
    because: caseNameOf(taken),
    at: nowOf(dependencies),
    facts: usedFacts(
      step.cases.flatMap(({ when }) => pathsOf(when)),
      facts,
    ),
  });
  const standing = await recordOnce(dependencies, decision, noted(enrollment, notes));
  return { ...takenBy(standing), kind: 'decided', step: id, written: notes.length };
}

function takenBy(decision: Decision): Pick<Decided, 'taken' | 'at'> {
  if (decision.kind !== 'branched') throw new Error(`"${decision.id}" decides no branch`);
  return { taken: caseNumberOf(decision.because), at: decision.at };
}

async function factsOf({ store }: ActivityDependencies, { enrollment }: Enrolled): Promise<Facts> {
  const [contact, messages] = await Promise.all([
    store.contacts.findById(enrollment.workspace, enrollment.contact),
    store.messages.ofEnrollment(enrollment.workspace, enrollment.id),
  ]);
  return {
    entry: occurrenceFactsOf(enrollment.snapshot),
    message: Object.fromEntries(messages.map((line) => [line.step, messageFactsOf(line)])),
    ...(contact && { contact: contactFactsOf(contact) }),
  };
}

/** The facts a branch has read, by path. */
function usedFacts(paths: readonly string[], facts: Facts): JsonObject {
  const used = paths.map((path) => [path, factAt({ ...facts }, path)] as const);
  return Object.fromEntries(
    used.flatMap(([path, value]) => (value === undefined ? [] : [[path, value]])),
  );
}
