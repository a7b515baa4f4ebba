import { channels, purposes, type ChannelName, type Purpose } from '../../channels';
import type { ContactId, WorkspaceId } from '../../ids';
import type { Instant } from '../../time/clock';
import type { Consent, Consents, StatedConsent, StatedConsents } from '../contact';
import type { Circumstances, ConsentBasis, ConsentSource } from './circumstances';

/** A change of the word that counts. `given` is null where it was taken away. */
export type ConsentChange = Circumstances &
  Readonly<{
    purpose: Purpose;
    channel: ChannelName;
    given: boolean | null;
    at: Instant;
    basis?: ConsentBasis;
  }>;

/** A line of the consent ledger, which is written once. */
export type ConsentLine = ConsentChange &
  Readonly<{
    id: string;
    workspace: WorkspaceId;
    contact: ContactId;
    recordedAt: Instant;
    source: ConsentSource;
  }>;

type Changed = Readonly<{
  before: Consents;
  after: Consents;
  stated: StatedConsents;
  now: Instant;
}>;

/**
 * Lists what has changed between two states of a contact's consents. The copy of a word that is
 * there already changes nothing, though it moves the date of a withdrawal.
 */
export function consentChanges({ before, after, stated, now }: Changed): readonly ConsentChange[] {
  return purposes.flatMap((purpose) =>
    channels.flatMap((channel): readonly ConsentChange[] => {
      const [old, word] = [before[purpose]?.[channel], after[purpose]?.[channel]];
      if (!word) return old ? [{ purpose, channel, given: null, at: now }] : [];
      const said = stated[purpose]?.[channel];
      if (!isNews(old, word, said)) return [];
      return [{ purpose, channel, ...word, ...circumstancesOf(said) }];
    }),
  );
}

function isNews(
  old: Consent | undefined,
  word: Consent,
  said: StatedConsent | null | undefined,
): boolean {
  if (old?.given !== word.given || old.basis !== word.basis) return true;
  return old.at !== word.at && !said?.undated;
}

function circumstancesOf(said: StatedConsent | null | undefined): Circumstances {
  const { textVersion, evidence } = said ?? {};
  return { ...(textVersion !== undefined && { textVersion }), ...(evidence && { evidence }) };
}
