import type { Instant } from '../time/clock';
import type { Consent, StatedConsent } from './contact';

/**
 * Decides which word of a person counts once a client states another. The newer one does; on equal
 * instants it is the stated one. No instant counts as later than `now`. An undated consent counts
 * only where nothing is stored, and null takes a given consent away; neither outweighs a
 * withdrawal. A soft opt-in gives way to every word of the person, and replaces none.
 */
export function consentAfter(
  stored: Consent | undefined,
  stated: StatedConsent | null,
  now: Instant,
): Consent | undefined {
  if (stated === null) return stored?.given === false ? stored : undefined;
  const word = wordOf(stated, now);
  if (!stored) return word;
  if (stored.basis !== word.basis) return stored.basis ? word : stored;
  if (stated.given && stated.undated) return stored;
  return word.at >= Math.min(stored.at, now) ? word : stored;
}

function wordOf({ given, at, basis }: StatedConsent, now: Instant): Consent {
  return { given, at: Math.min(at, now), ...(basis && { basis }) };
}
