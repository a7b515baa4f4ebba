import type { z } from 'zod';
import type { ChannelName } from '../core/channels';
import type { Contact } from '../core/contacts/contact';
import type { ProviderRefusal } from '../core/decisions/reasons';
import type { Fault } from '../core/domain-error';
import type { MessageId } from '../core/ids';
import type { Json } from '../core/json/json';
import type { ReadReports } from '../core/messages/report';
import type { TroubleKind } from '../core/messages/trouble';
import type { Workspace } from '../core/workspaces/workspace';

/**
 * A way to reach a contact. It is everything the engine knows about e-mail, SMS and the like. A
 * module implements it for one channel; channels.ts lists the modules. A channel writes its content
 * in four forms: `Source` by the author, `Compiled` in the store, `Rendered` for one contact, and
 * `Outgoing` for the provider. Each but the last is the content of one language.
 */
export type Channel<
  Name extends ChannelName,
  Source,
  Compiled,
  Rendered extends RenderedParts,
  Outgoing,
> = Readonly<{
  name: Name;
  /** The address of the contact in this channel; undefined where it has none. */
  addressOf(contact: Contact): string | undefined;
  /** Checks the content that an author sends; its output is free of undefined fields. */
  sourceSchema: z.ZodType<Source>;
  /** Checks the content that the store gives back. */
  compiledSchema: z.ZodType<Compiled>;
  /** Describes the content that a preview shows. */
  renderedSchema: z.ZodType<Rendered>;
  /** Checks and compiles at publication. `pointer` is the JSON Pointer of this content. */
  compile(source: Source, pointer: string): Promise<CompiledContent<Compiled>>;
  /**
   * Prints every Liquid source of the content through `fill`. The same facts give the same result.
   * Addresses that `rule` does not name are left out. Throws UnfitMessage where the channel cannot
   * carry the result.
   */
  render(compiled: Compiled, fill: Fill, rule?: LinkRule): Rendered;
  /** Measures a rendered message for its author. */
  inspect(rendered: Rendered): Inspection;
  /** Completes a rendered message for the provider; equal on every attempt. */
  compose(rendered: Rendered, envelope: Envelope): Outgoing;
  /** Makes the client of the provider that `url` names; it connects when it first delivers. */
  createProvider(url: string): Provider<Outgoing>;
  /** Reads the reports of that provider; undefined where it makes none that we read. */
  createReportReader(url: string, secrets: readonly string[]): ReadReports | undefined;
}>;

/**
 * The hosts that a message may lead to. `shop.example` is that host alone, `*.shop.example` any
 * below it. The host of `unsubscribeUrl` is named too.
 */
export type LinkRule = Readonly<{ domains: readonly string[]; unsubscribeUrl?: string }>;

/** The parts of a rendered message by name, such as subject and text. */
export type RenderedParts = Readonly<Record<string, Json>>;

/** A printed message that its channel cannot carry. The words quote no fact. */
export class UnfitMessage extends Error {
  override readonly name = 'UnfitMessage';
}

/** Prints one Liquid source over the facts of a message; `html` escapes the facts. */
export type Fill = (source: string, output: 'html' | 'text') => string;

/** The compiled content of one language. It is usable only where `faults` is empty. */
export type CompiledContent<Compiled> = Readonly<{
  compiled: Compiled;
  /** Every path the content reads, such as `entry.properties.cart_url`. */
  variables: readonly string[];
  /** True where every part that a contact reads holds `links.unsubscribe`. */
  hasUnsubscribe: boolean;
  faults: readonly Fault[];
}>;

/**
 * The size of a rendered message in bytes, and the URLs it links to. `parts` says in how many parts
 * it travels, where each is paid for.
 */
export type Inspection = Readonly<{ size: number; links: readonly string[]; parts?: number }>;

/**
 * The facts of a message beside its content. `to` is an address of the channel. `unsubscribeUrl` is
 * absent where the purpose cannot be refused; it accepts a POST without a login.
 */
export type Envelope = Readonly<{
  message: MessageId;
  workspace: Workspace;
  to: string;
  unsubscribeUrl?: string;
  /** Takes the reports of a provider that is told with each message where to report. */
  reportsTo?: string;
}>;

/**
 * The provider's final answer; a refusal stays one however often it is asked again. Among the
 * refusals `address-refused` alone is about the recipient: nothing will ever reach this address.
 */
export type ProviderAnswer =
  | Readonly<{ kind: 'accepted'; providerId: string }>
  | Readonly<{ kind: 'refused'; because: ProviderRefusal; detail: string }>;

/**
 * A provider carries the messages of one channel, at most `slots` at a time. `take` makes sure that
 * a message can be handed over at once: it is connected and let in. It throws ProviderTrouble where
 * that cannot be, and is asked for no more slots than there are. `close` ends idle connections at
 * once and busy ones after their delivery. For `repeatsDroppedMs` real milliseconds after a first
 * hand-over a repeat with the same key delivers nothing; 0 where the provider knows no key.
 */
export type Provider<Outgoing> = Readonly<{
  name: string;
  repeatsDroppedMs: number;
  slots: number;
  take(): Promise<Slot<Outgoing>>;
  close(): void;
}>;

/**
 * The right to hand one message over. `key` names the message and is equal on every attempt.
 * `deliver` throws ProviderTrouble where there is no final answer. Release a slot once.
 */
export type Slot<Outgoing> = Readonly<{
  deliver(message: Outgoing, key: string): Promise<ProviderAnswer>;
  release(): void;
}>;

/** The facts of a trouble; `status` and `retryAfterMs` are the provider's own. */
type TroubleFacts = Readonly<{
  kind: TroubleKind;
  /** Such as `450 4.2.0`. */
  status?: string;
  /** Real milliseconds after which the provider asks to be tried again. */
  retryAfterMs?: number;
  cause?: unknown;
}>;

/**
 * The provider gave no final answer. Its message holds no address. Unless the kind is `unanswered`
 * the provider holds nothing, so any retry is safe; else a retry may deliver the message twice.
 */
export class ProviderTrouble extends Error {
  override readonly name = 'ProviderTrouble';
  readonly kind: TroubleKind;
  readonly status: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, { kind, status, retryAfterMs, cause }: TroubleFacts) {
    super(message, { cause });
    this.kind = kind;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}
