export type Address = Readonly<{ name?: string; address: string }>;

/**
 * One e-mail to exactly one recipient, complete: providers render nothing and add no tracking.
 * `messageId` is the Message-ID with its angle brackets, equal on every attempt (`emailMessageIdOf`).
 * `unsubscribe.url` becomes the one-click header of RFC 8058: it has to accept a POST without a login.
 */
export type OutgoingEmail = Readonly<{
  from: Address;
  replyTo?: Address;
  to: string;
  subject: string;
  html: string;
  text: string;
  messageId: string;
  unsubscribe?: Readonly<{ url: string; mailto?: string }>;
}>;

export type ProviderRefusal = 'address-refused' | 'content-refused' | 'provider-refused';

/** The provider's final answer; a refusal stays one however often it is asked again. */
export type ProviderAnswer =
  | Readonly<{ kind: 'accepted'; providerId: string }>
  | Readonly<{ kind: 'refused'; because: ProviderRefusal; detail: string }>;

/**
 * Who carries e-mail. `key` names the message and is equal on every attempt: where `deduplicates` is true a repeat
 * with the same key delivers nothing twice, elsewhere a repeat is a second e-mail.
 * `deliver` throws ProviderTrouble where there is no answer, or only a temporary one.
 * `close` ends idle connections at once and busy ones after their delivery.
 */
export type EmailProvider = Readonly<{
  name: string;
  deduplicates: boolean;
  deliver(email: OutgoingEmail, key: string): Promise<ProviderAnswer>;
  close(): void;
}>;

/**
 * No final answer. `handedOver: 'no'` means that the provider holds nothing, so any retry is safe; `'maybe'` that the
 * message body was under way, so a retry may deliver it twice. `retryAfterMs` is the provider's own wish, real time.
 */
export class ProviderTrouble extends Error {
  override readonly name = 'ProviderTrouble';
  readonly handedOver: 'no' | 'maybe';
  readonly retryAfterMs?: number;

  constructor(
    message: string,
    {
      handedOver,
      retryAfterMs,
      cause,
    }: Readonly<{ handedOver: 'no' | 'maybe'; retryAfterMs?: number; cause?: unknown }>,
  ) {
    super(message, { cause });
    this.handedOver = handedOver;
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs;
  }
}
