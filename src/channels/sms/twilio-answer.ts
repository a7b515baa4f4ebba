import { z } from 'zod';
import type { ProviderRefusal } from '../../core/decisions/reasons';
import type { TroubleKind } from '../../core/messages/trouble';
import {
  answeredWithoutId,
  impersonal,
  troubleOfStatus,
  type HttpAnswer,
  type ProviderMeaning,
} from '../http/ask-provider';

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
 * Reads an answer of Twilio.
 * https://www.twilio.com/docs/api/errors
 */
export function twilioMeaningOf({ status, body }: HttpAnswer): ProviderMeaning {
  if (status >= 200 && status < 300) {
    const { data } = accepted.safeParse(body);
    return data ? { kind: 'accepted', providerId: data.sid } : answeredWithoutId(status);
  }
  const { code, message = '' } = error.safeParse(body).data ?? {};
  const told = [status, ...(code === undefined ? [] : [code])].join(' ');
  const kind = troubleOf(status, code);
  if (kind) return { kind: 'trouble', trouble: kind, status: told, text: impersonal(message) };
  return {
    kind: 'refused',
    because: refusalOf(code),
    detail: `${told} ${impersonal(message)}`.trim(),
  };
}

function troubleOf(status: number, code: number | undefined): TroubleKind | undefined {
  const isOfSender = code !== undefined && ofTheSender.includes(code);
  return troubleOfStatus(status) ?? (isOfSender ? 'blocked' : undefined);
}

function refusalOf(code = 0): ProviderRefusal {
  if (ofTheNumber.includes(code)) return 'address-refused';
  return ofTheText.includes(code) ? 'content-refused' : 'provider-refused';
}
