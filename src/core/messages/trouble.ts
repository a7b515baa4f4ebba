import type { Instant } from '../time/clock';

/** Every kind of trouble with a provider. None is a final answer about a message. */
export const troubleKinds = [
  'unreachable',
  'unauthorized',
  'blocked',
  'deferred',
  'unanswered',
] as const;

/**
 * The kind of a trouble. `unreachable`: no connection, or it broke before the message was under
 * way; `unauthorized`: the provider does not take our credentials; `blocked`: the provider takes
 * nothing of this sender, such as beyond a quota; `deferred`: it put this message off;
 * `unanswered`: it had the message and did not answer.
 */
export type TroubleKind = (typeof troubleKinds)[number];

/**
 * The last trouble of a message, as the ledger shows it. `status` is the provider's own code, such
 * as `450 4.2.0`, and `text` its words without an address.
 */
export type Trouble = Readonly<{ kind: TroubleKind; status?: string; text?: string; at: Instant }>;
