import { z } from 'zod';
import { topics } from '../../operations/contacts/preferences';
import type { Topic } from '../../operations/contacts/state-choice';

/** Topics that a person turns on or off. */
export type Choice = Readonly<{ chosen: readonly Topic[]; given: boolean }>;

/** Turns everything off that can be refused. */
export const nothingMore = 'all.off';

/** The text of a choice in a link, such as `marketing.email.off`. */
export function choiceOf({ purpose, channel, given }: Topic & Readonly<{ given: boolean }>) {
  return `${purpose}.${channel}.${given ? 'on' : 'off'}`;
}

const choices: ReadonlyMap<string, Choice> = new Map<string, Choice>([
  [nothingMore, { chosen: topics, given: false }],
  ...topics.flatMap((topic) =>
    [true, false].map(
      (given) => [choiceOf({ ...topic, given }), { chosen: [topic], given }] as const,
    ),
  ),
]);

/** Only what the page itself offers. */
export const choiceSchema = z
  .enum([...choices.keys()] as [string, ...string[]])
  .transform((text) => choices.get(text));
