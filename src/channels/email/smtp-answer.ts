import type { ProviderRefusal } from '../../core/decisions/reasons';
import type { ProviderAnswer } from '../channel';

type Refused = Extract<ProviderAnswer, { kind: 'refused' }>;
type Trouble = Readonly<{ kind: 'trouble'; handedOver: 'no' | 'maybe'; detail: string }>;

/** Reads a failed delivery: an answer about the message is final, anything else is trouble. */
export function answerOf(error: unknown, bodyRead: boolean): Refused | Trouble {
  const { code, command, responseCode, detail } = readingOf(error);
  if (concernsMessage(code) && isPermanent(code, responseCode)) {
    return { kind: 'refused', because: refusalOf(code, command), detail };
  }
  // A server that answered 4xx has taken nothing (RFC 5321, 4.2.1). That holds even after the whole
  // body.
  const answered = responseCode !== undefined;
  return { kind: 'trouble', handedOver: bodyRead && !answered ? 'maybe' : 'no', detail };
}

type Reading = Readonly<{ code?: string; command?: string; responseCode?: number; detail: string }>;

function readingOf(error: unknown): Reading {
  if (!(error instanceof Error)) return { detail: String(error) };
  return {
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    ...('command' in error && typeof error.command === 'string' && { command: error.command }),
    ...('responseCode' in error &&
      typeof error.responseCode === 'number' && { responseCode: error.responseCode }),
    detail: error.message,
  };
}

function concernsMessage(code: string | undefined): boolean {
  return code === 'EENVELOPE' || code === 'EMESSAGE';
}

/**
 * 503 says that the session was out of step, not that the message is bad. Without an answer the
 * size limit spoke.
 */
function isPermanent(code: string | undefined, responseCode: number | undefined): boolean {
  if (responseCode === undefined) return code === 'EMESSAGE';
  return responseCode >= 500 && responseCode !== 503;
}

function refusalOf(code: string | undefined, command: string | undefined): ProviderRefusal {
  if (command === 'RCPT TO') return 'address-refused';
  return code === 'EMESSAGE' ? 'content-refused' : 'provider-refused';
}
