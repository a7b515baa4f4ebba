import type { TroubleKind } from '../../core/messages/trouble';
import { ProviderTrouble, type Provider, type ProviderAnswer } from '../channel';
import { jsonOf, partOf } from './json-parts';

/** The meaning of a provider's answer: a final one, or trouble on the way. */
export type ProviderMeaning =
  | ProviderAnswer
  | Readonly<{ kind: 'trouble'; trouble: TroubleKind; status: string; text: string }>;

/** A message as a request, and what the answers to it mean. */
export type ProviderRequest = Readonly<{
  /** The provider as an operator knows it, such as "Resend". */
  name: string;
  address: string;
  headers: Readonly<Record<string, string>>;
  /** Form fields, or JSON as a text. */
  body: URLSearchParams | string;
  /** Real milliseconds until the answer. */
  answerMs: number;
  meaningOf(answer: HttpAnswer): ProviderMeaning;
}>;

/** An answer of a provider. `body` is undefined where it is no JSON. */
export type HttpAnswer = Readonly<{ status: number; headers: Headers; body: unknown }>;

/**
 * Hands a message over by one POST, and follows no redirect. Throws ProviderTrouble where there is
 * no final answer.
 */
export async function askProvider(request: ProviderRequest): Promise<ProviderAnswer> {
  const { name, address, headers, body, answerMs, meaningOf } = request;
  const response = await answered(name, () =>
    fetch(address, {
      method: 'POST',
      headers,
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(answerMs),
    }),
  );
  const text = await answered(name, () => response.text());
  const { status, headers: told } = response;
  const meaning = meaningOf({ status, headers: told, body: jsonOf(text) });
  if (meaning.kind !== 'trouble') return meaning;
  const retryAfterMs = retryAfterOf(response);
  throw new ProviderTrouble(meaning.text, {
    kind: meaning.trouble,
    status: meaning.status,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

type Requests<Outgoing> = Readonly<{
  name: string;
  repeatsDroppedMs: number;
  slots: number;
  deliver(message: Outgoing, key: string): Promise<ProviderAnswer>;
}>;

/** A provider that needs no connection before a message. */
export function providerOfRequests<Outgoing>({
  deliver,
  ...rest
}: Requests<Outgoing>): Provider<Outgoing> {
  const slot = { deliver, release: () => undefined };
  return { ...rest, take: () => Promise.resolve(slot), close: () => undefined };
}

async function answered<Result>(name: string, ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (cause) {
    throw new ProviderTrouble(`${name} did not answer.`, { kind: kindOf(cause), cause });
  }
}

/** Before there is a connection nothing has left. */
const beforeConnection = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

function kindOf(error: unknown): TroubleKind {
  const code = partOf(partOf(error, 'cause'), 'code');
  return beforeConnection.some((each) => each === code) ? 'unreachable' : 'unanswered';
}

/** RFC 9110, section 10.2.3: seconds, or an instant. Instants are not heeded. */
function retryAfterOf({ headers }: Response): number | undefined {
  const seconds = Number(headers.get('Retry-After') ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
}
