import type { WorkspaceId } from '../ids';

/** A message of a person to a sender, as its provider hands it on. */
export type InboundMessage = Readonly<{
  workspace: WorkspaceId;
  /** The address that it came from, in the form of its channel. */
  from: string;
  word: InboundWord;
}>;

/** The words that a sender has to obey. */
export type InboundWord = 'stop' | 'start';

const words: Readonly<Record<InboundWord, readonly string[]>> = {
  stop: [
    ...['stop', 'stopall', 'stop all', 'unsubscribe', 'cancel', 'end', 'quit', 'optout'],
    ...['opt-out', 'revoke', 'basta', 'annulla', 'cancellami', 'disiscrivi', 'disiscrivimi'],
  ],
  start: ['start', 'unstop', 'iscrivimi', 'riprendi'],
};

/**
 * The word that a text is, whatever its case and marks. Undefined for any other text: if it only
 * holds such a word, it is meant for people.
 */
export function inboundWordIn(text: string): InboundWord | undefined {
  const plain = text
    .toLowerCase()
    .replaceAll(/[\s.!,;:"'“”«»]+/g, ' ')
    .trim();
  if (words.stop.includes(plain)) return 'stop';
  return words.start.includes(plain) ? 'start' : undefined;
}
