import type { Instant } from '../time/clock';
import type { Consent, StatedConsent } from './contact';

/**
 * Decides which word of a person counts once a client states another. The newer one does; on equal
 * instants it is the stated one. No instant counts as later than `now`. An undated consent counts
 * only where nothing is stored, and null takes a given consent away; neither outweighs a
 * withdrawal.
 */
export function consentAfter(
  stored: Consent | undefined,
  stated: StatedConsent | null,
  now: Instant,
): Consent | undefined {
  if (stated === null) return stored?.given === false ? stored : undefined;
  const word = { given: stated.given, at: Math.min(stated.at, now) };
  if (!stored) return word;
  if (stated.given && stated.undated) return stored;
  return word.at >= Math.min(stored.at, now) ? word : stored;
}
