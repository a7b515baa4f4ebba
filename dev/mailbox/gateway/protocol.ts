import type { IncomingHttpHeaders } from 'node:http';

/** A message as an account hands it over. */
export type GivenMessage = Readonly<{
  /** The provider whose protocol was spoken. */
  provider: string;
  account: string;
  to: string;
  from: string;
  subject?: string;
  text: string;
  html?: string;
  headers?: Readonly<Record<string, string>>;
  /** The idempotency key, where the protocol has one. */
  key?: string;
}>;

/** An answer of the gateway: a status, and a body that is JSON unless it is a text. */
export type GatewayAnswer = Readonly<{
  status: number;
  body: object | string;
  headers?: Readonly<Record<string, string>>;
}>;

/** A request as a protocol reads it. */
export type Request = Readonly<{ url: string; headers: IncomingHttpHeaders; body: string }>;

/** The part of a provider's API that hands a message over. */
export type Protocol = Readonly<{
  path: RegExp;
  /** The message, or the answer to a request that has none. */
  read(request: Request): GivenMessage | GatewayAnswer;
  accepted(id: string, message: GivenMessage): GatewayAnswer;
  /** The answer to a key that has come with another message. */
  otherMessage?: GatewayAnswer;
}>;

/** The address in a mailbox such as `"Shop" <shop@example.com>`. */
export function addressIn(mailbox: string): string {
  return /<([^<>]*)>$/.exec(mailbox)?.[1] ?? mailbox;
}

/** The fields of a JSON body; none where it is no object. */
export function fieldsIn(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** A text, or an empty one where the value is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A field of an object; undefined where the value is none. */
export function partIn(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** A field of an object that is a list; an empty one where it is none. */
export function listIn(value: unknown, name: string): readonly unknown[] {
  const list = partIn(value, name);
  return Array.isArray(list) ? list : [];
}
