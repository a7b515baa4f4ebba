/** Every reason for the end of an enrollment. */
export const endReasons = [
  'completed',
  'exit-event',
  'exit-step',
  'expired',
  'visits-exceeded',
  'operator',
  'merged',
  'erased',
  'lost',
] as const;

/** Why an enrollment ended. `as` beside it is the author's word, such as `converted`. */
export type EndReason = (typeof endReasons)[number];

/** Why an event starts no enrollment, except that its journey is over already. */
export const refusalReasons = [
  'open',
  'never-again',
  'too-soon',
  'not-newer-than-end',
  'older-than-last',
  'entry-too-old',
  'limit',
  'no-key',
  'condition-not-met',
] as const;

/** `already-converted` says that an earlier event ends the journey before it could begin. */
export type RefusalReason = (typeof refusalReasons)[number] | `already-${string}`;

/** An event has the id of an earlier one and other content. The engine ignores it. */
export const reusedId = 'reused-id';

/** An event has an id that stands for nobody, such as `undefined` or `guest`. */
export const namesNobody = 'names-nobody';

/** A contact has as many ids as it may have. A further visitor stays apart. */
export const tooManyIds = 'too-many-ids';

/** A contact has as many traits or tags as it may have. The others were left out. */
export const contactFull = 'contact-full';

/** Every reason to leave something out that is no journey's doing. */
export const ignoredReasons = [reusedId, namesNobody, tooManyIds, contactFull] as const;

/** Why the engine leaves something out that is no journey's doing. */
export type IgnoredReason = (typeof ignoredReasons)[number];

/**
 * Why an event is recorded and reaches nobody. `too-far-ahead` stands on events of versions before
 * 0.2 only.
 */
export const unroutedReasons = ['too-old', 'too-far-ahead', namesNobody] as const;

/** A wait keeps no more events, so this one is not heard by it. */
export const tooManyEvents = 'too-many-events';

/** Why the receipt of an event is its time. */
export const restampReasons = ['too-old', 'too-far-ahead', 'unreadable'] as const;

/** Why nothing is written to an address, from the strongest reason to the weakest. */
export const suppressionReasons = [
  'do-not-contact',
  'complained',
  'bounced',
  'unsubscribed',
] as const;

/** A reason that stands against an address, whatever the journey says. */
export type SuppressionReason = (typeof suppressionReasons)[number];

/** Every reason to put a message off until a time that is known. */
export const deferReasons = ['outside-window', 'quiet-hours', 'frequency-cap'] as const;

/** Why a message waits for its time. It is skipped for the same reason if that is too far away. */
export type DeferReason = (typeof deferReasons)[number];

/** An operator has switched off what a message needs. It is held until that is on again. */
export const switchedOff = 'switched-off';

/** Every reason of the gate to send nothing. */
export const skipReasons = [
  'enrollment-ended',
  'exit-event',
  'expired',
  'contact-erased',
  'no-address',
  'no-consent',
  'refused-consent',
  'same-address',
  'address-limit',
  'sender-unconfirmed',
  ...deferReasons,
  ...suppressionReasons,
] as const;

/** Why the gate holds a message back. */
export type SkipReason = (typeof skipReasons)[number];

/** Why a provider refuses a message for good. */
export const providerRefusals = ['address-refused', 'content-refused', 'provider-refused'] as const;

/** Why a provider refuses a message for good. */
export type ProviderRefusal = (typeof providerRefusals)[number];

/** Why a message that the gate let through was not sent. */
export const failReasons = [
  'render-failed',
  ...providerRefusals,
  'provider-unreachable',
  'deferred-too-long',
] as const;

/** Why a message that the gate let through was not sent. */
export type FailReason = (typeof failReasons)[number];

/** An operator has decided it. */
export const byOperator = 'operator';

/** The provider has reported it, after the hand-over had no answer. */
export const byProvider = 'provider-report';

/** The provider did not answer a hand-over, so nobody knows whether the message went out. */
export const unanswered = 'unanswered';

/** Every reason of a message. */
export const messageReasons = [
  ...skipReasons,
  ...failReasons,
  switchedOff,
  unanswered,
  byOperator,
  byProvider,
] as const;

/** Why an action of a journey was not carried out. */
export const actReasons = [
  'enrollment-ended',
  'expired',
  'unknown-action',
  'action-refused',
  'action-failed',
] as const;

/** Why an action of a journey was not carried out. */
export type ActReason = (typeof actReasons)[number];

/** The case that a branch takes, counted from 1. */
export type CaseName = `case ${number}` | 'otherwise';
