import type { UnsubscribeClaim } from '../../links/token';
import { contactNamedBy } from './preferences';
import { stateChoice, type ChoosingByLink } from './state-choice';

/**
 * Withdraws the consent that a signed link names, and raises `Unsubscribed`. That holds for the
 * contact and for its address. Once withdrawn, a repeat changes nothing. False where the contact is
 * gone.
 */
export async function unsubscribe(
  dependencies: ChoosingByLink,
  claim: UnsubscribeClaim,
): Promise<boolean> {
  const found = await contactNamedBy(dependencies, claim);
  if (!found) return false;
  const { purpose, channel } = claim;
  await stateChoice(dependencies, {
    ...found,
    topics: [{ purpose, channel }],
    given: false,
    source: 'link',
  });
  return true;
}
