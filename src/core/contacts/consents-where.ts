import type { StatedConsent, StatedConsents } from './contact';

type Keep = (word: StatedConsent | null, purpose: string, channel: string) => boolean;

/** The stated consents of which `keep` is true. */
export function consentsWhere(stated: StatedConsents, keep: Keep): StatedConsents {
  const left = Object.entries(stated).map(([purpose, words]) => [
    purpose,
    Object.fromEntries(
      Object.entries(words).filter(([channel, word]) => keep(word, purpose, channel)),
    ),
  ]);
  return Object.fromEntries(left) as StatedConsents;
}
