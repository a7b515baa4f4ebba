import type { z } from 'zod';
import type { ContactChange, ContactRef } from '../core/contacts/contact';
import type { namesNobody } from '../core/decisions/reasons';
import type { JsonObject } from '../core/json/json';
import type { Reception, Timing } from './occurred-at';

/**
 * States a foreign message in our own terms. A message that concerns nobody here has no meaning; a
 * message may have several, which are taken in by their order.
 */
export type Meaning =
  /** Something that a contact did. `refused` says why it does not do what else it asks for. */
  | Readonly<{ kind: 'event'; event: MeantEvent; refused?: typeof namesNobody }>
  /** A contact says who it is, or changes. Both ids in `contact` name the same person. */
  | Readonly<{ kind: 'contact'; contact: ContactRef; change: ContactChange }>
  /** `previousId`, a userId or an anonymousId, is the person that `contact` names. */
  | Readonly<{ kind: 'alias'; contact: ContactRef; previousId: string }>;

/**
 * An event as the intake accepts it. Its `id` is the sender's: with it a repeat is harmless. With
 * an empty `contact` it is recorded as nobody's.
 */
export type MeantEvent = Readonly<{
  id?: string;
  name: string;
  contact: ContactRef;
  properties: JsonObject;
  /** The `kind` of the connector. */
  source: string;
}> &
  Timing;

/** A request as a signature covers it. */
export type Delivery = Readonly<{
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body before it is parsed, after decompression. */
  rawBody: Uint8Array;
  /** Shared with the sender; absent where the API key alone says who sends. */
  secret?: string;
}>;

type Fields = Readonly<Record<string, unknown>>;

type Endpoint = Readonly<{
  path: `/v1/${string}`;
  summary: string;
  description: string;
  /** Checks what surrounds the messages of a body. */
  envelope: z.ZodType<Fields>;
  /** Describes the body in the OpenAPI document. */
  document: z.ZodType;
}>;

/** Receives one message as its body. A message that does not fit is recorded as rejected. */
export type SingleEndpoint = Endpoint &
  Readonly<{ kind: 'single'; messageIn: (envelope: Fields) => unknown }>;

/** Receives a list of messages. Messages that do not fit are recorded as rejected. */
export type BatchEndpoint = Endpoint &
  Readonly<{
    kind: 'batch';
    /** Names the field of the envelope that holds the list. */
    itemsIn: string;
    /** Says whether the items are history, which starts nothing. */
    isHistory: (envelope: Fields) => boolean;
    /** Completes an item by what its envelope says for all of them. */
    messageIn: (item: unknown, envelope: Fields) => unknown;
  }>;

/** Every connector that `connectors.ts` lists. The compiler asks for the line that is missing. */
export type ConnectorKind = 'segment';

type Port<Kind extends string> = Readonly<{
  /** Names the format; the events it brings have it as their `source`. */
  kind: Kind;
  /** Says whether a request comes from whom it claims to. Pure; false answers 401. */
  verify: (delivery: Delivery) => boolean;
  endpoints: readonly (SingleEndpoint | BatchEndpoint)[];
}>;

/** Another system's format, written in the terms of its own message. */
export type Format<Message, Kind extends string> = Port<Kind> &
  Readonly<{
    /** Checks a message. Fields that we do not know are ignored. */
    message: z.ZodType<Message>;
    /** Says what a message means. Pure: the clocks come by the reception. */
    meanings: (message: Message, reception: Reception) => readonly Meaning[];
  }>;

/** A message that fits its format. */
export type ForeignMessage = Readonly<{
  meanings: (reception: Reception) => readonly Meaning[];
}>;

/** A connector as the table holds it: every format alike, whatever its message looks like. */
export type Connector<Kind extends string = string> = Port<Kind> &
  Readonly<{ message: z.ZodType<ForeignMessage> }>;

/**
 * Makes a connector of a format. It parses messages of that format into what asks for their
 * meanings.
 */
export function createConnector<Message, const Kind extends string>({
  message,
  meanings,
  ...port
}: Format<Message, Kind>): Connector<Kind> {
  return {
    ...port,
    message: message.transform((parsed) => ({
      meanings: (reception: Reception) => meanings(parsed, reception),
    })),
  };
}
