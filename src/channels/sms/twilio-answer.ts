import { z } from 'zod';
import type { ProviderRefusal } from '../../core/decisions/reasons';
import type { TroubleKind } from '../../core/messages/trouble';
import type { ProviderAnswer } from '../channel';

/** The meaning of an answer of Twilio: a final one, or trouble on the way. */
export type TwilioMeaning =
  | ProviderAnswer
  | Readonly<{ kind: 'trouble'; trouble: TroubleKind; status: string; text: string }>;

const accepted = z.object({ sid: z.string().min(1) });
const error = z.object({ code: z.int().optional(), message: z.string().optional() });

/** Faults of the number alone: no message will ever reach it. */
const ofTheNumber: readonly number[] = [21211, 21214, 21217, 21614];
/** Faults of the text. */
const ofTheText: readonly number[] = [21602, 21605, 21617, 21619, 21620];
/** Faults of the account or of its sender, which an operator mends. */
const ofTheSender: readonly number[] = [
  20003, 20005, 20404, 20429, 21603, 21606, 21608, 21659, 21660,
];

/**
 * Reads an answer. An acceptance without an id is none, since nobody can say what came of it.
 * https://www.twilio.com/docs/api/errors
 */
export function twilioMeaningOf(status: number, body: unknown): TwilioMeaning {
  if (status >= 200 && status < 300) {
    const { data } = accepted.safeParse(body);
    if (data) return { kind: 'accepted', providerId: data.sid };
    return trouble('unanswered', status, 'It accepted the message without an id.');
  }
  const { code, message = '' } = error.safeParse(body).data ?? {};
  const told = [status, ...(code === undefined ? [] : [code])].join(' ');
  const kind = troubleOf(status, code);
  if (kind) return { kind: 'trouble', trouble: kind, status: told, text: unnamed(message) };
  return {
    kind: 'refused',
    because: refusalOf(code),
    detail: `${told} ${unnamed(message)}`.trim(),
  };
}

/** A gateway that gives up does not know what came of the message behind it. */
function troubleOf(status: number, code: number | undefined): TroubleKind | undefined {
  if (status === 502 || status === 504) return 'unanswered';
  if (status === 429 || status >= 500) return 'deferred';
  if (status === 401) return 'unauthorized';
  return code !== undefined && ofTheSender.includes(code) ? 'blocked' : undefined;
}

function refusalOf(code = 0): ProviderRefusal {
  if (ofTheNumber.includes(code)) return 'address-refused';
  return ofTheText.includes(code) ? 'content-refused' : 'provider-refused';
}

function trouble(kind: TroubleKind, status: number, text: string): TwilioMeaning {
  return { kind: 'trouble', trouble: kind, status: String(status), text };
}

const longestWords = 300;

/** The words without a number, since a ledger outlives a contact. */
function unnamed(text: string): string {
  return text.replace(/\+?[0-9][0-9 ()-]{4,}/g, '…').slice(0, longestWords);
}
