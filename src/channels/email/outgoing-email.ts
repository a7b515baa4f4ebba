import type { MessageReference } from '../../core/messages/report';
import type { Provider } from '../channel';

/** A mailbox of a header, with the name that readers see. */
export type Mailbox = Readonly<{ name?: string; address: string }>;

/**
 * A complete e-mail to exactly one recipient: providers render nothing and add no tracking.
 * `messageId` is the Message-ID with its angle brackets, equal on every attempt
 * (`emailMessageIdOf`). `unsubscribe.url` becomes the one-click header of RFC 8058: it has to
 * accept a POST without a login.
 */
export type OutgoingEmail = Readonly<{
  from: Mailbox;
  replyTo?: Mailbox;
  to: string;
  subject: string;
  html: string;
  text: string;
  messageId: string;
  /** Names the message in reports. */
  reference: MessageReference;
  unsubscribe?: Readonly<{ url: string }>;
}>;

/** A provider of e-mail, such as an SMTP server. */
export type EmailProvider = Provider<OutgoingEmail>;
