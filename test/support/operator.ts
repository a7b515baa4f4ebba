import type { OperatorRequest } from '../../src/intake/commands/shared/by-operator';
import type { CommandAnswer, Intake } from '../../src/intake/intake';
import { redriveOnce } from '../../src/intake/settle/redrive';
import type { Decision } from '../../src/core/decisions/decision';
import { cart } from './cart';
import { aJourney } from './core/builders';
import { noon, type TestIntake } from './intake';

/** Two waits before a send; an order ends it. */
export const pausingJourney = aJourney({
  entry: { events: ['Cart Updated'], key: ['properties.cart_id'] },
  exits: [{ events: ['Order Completed'], as: 'converted' }],
  steps: [
    { id: 'pause', kind: 'wait', for: 'PT1H' },
    { id: 'rest', kind: 'wait', for: 'PT1H' },
    { id: 'remind', kind: 'send', template: 'reminder', purpose: 'service' },
  ],
});

/** What an operator asks about an enrollment that the shop has just opened. */
export async function requestIn(shop: TestIntake): Promise<OperatorRequest> {
  const { enrollments } = await shop.receive(cart);
  const [entered] = enrollments;
  if (!entered) throw new Error('nobody entered');
  return { enrollment: entered.id, by: 'support desk', reason: 'She asked for it on the phone' };
}

/** Asks, and waits until it is settled as far as it can be. */
export async function ask(
  action: 'exit' | 'skip-wait',
  request: OperatorRequest,
  { intake, workspace }: Readonly<{ intake: Intake }> & Pick<TestIntake, 'workspace'>,
): Promise<CommandAnswer<typeof action>> {
  const answer = await intake.ask(workspace.id, action, request);
  await intake.drain();
  return answer;
}

/** The re-drive of a shop, when every lease has run out. */
export async function redriveLater(shop: TestIntake, hours = 1): Promise<void> {
  shop.realAt(noon + hours * 3_600_000);
  await redriveOnce(shop.dependencies);
}

export function decisionsOn(
  { dependencies, workspace }: TestIntake,
  { enrollment }: OperatorRequest,
): Promise<readonly Decision[]> {
  return dependencies.store.decisions.ofEnrollment(workspace.id, enrollment);
}
