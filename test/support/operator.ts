import type { OperatorRequest } from '../../src/intake/intake';
import type { Decision } from '../../src/journeys/decision';
import { cart } from './cart';
import { aJourney } from './journeys/builders';
import type { TestIntake } from './intake';

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

export function decisionsOn(
  { dependencies, workspace }: TestIntake,
  { enrollment }: OperatorRequest,
): Promise<readonly Decision[]> {
  return dependencies.store.decisions.ofEnrollment(workspace.id, enrollment);
}
