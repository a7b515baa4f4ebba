import { z } from 'zod';
import type { ProviderRefusal } from '../../../core/decisions/reasons';
import type { TroubleKind } from '../../../core/messages/trouble';
import {
  answeredWithoutId,
  impersonal,
  troubleOfStatus,
  type HttpAnswer,
  type ProviderMeaning,
} from '../../http/ask-provider';

const accepted = z.object({ messageId: z.string().min(1) });
const error = z.object({ code: z.string().optional(), message: z.string().optional() });

/** These codes are about the account or its sender, which an operator mends. */
const ofTheAccount = [
  'not_enough_credits',
  'permission_denied',
  'account_under_validation',
  'out_of_range',
  'method_not_allowed',
];

/**
 * Reads an answer of Brevo. https://developers.brevo.com/docs/how-it-works
 */
export function brevoMeaningOf({ status, body }: HttpAnswer): ProviderMeaning {
  if (status >= 200 && status < 300) {
    const { data } = accepted.safeParse(body);
    return data ? { kind: 'accepted', providerId: data.messageId } : answeredWithoutId(status);
  }
  const { code = '', message = '' } = error.safeParse(body).data ?? {};
  const told = `${status} ${code}`.trim();
  const trouble = troubleOf(status, { code, message });
  if (trouble) return { kind: 'trouble', trouble, status: told, text: impersonal(message) };
  return { kind: 'refused', because: refusalOf(message), detail: `${told} ${impersonal(message)}` };
}

type BrevoError = Readonly<{ code: string; message: string }>;

function troubleOf(status: number, { code, message }: BrevoError): TroubleKind | undefined {
  const isOfSender = status === 400 && /\bsender\b/i.test(message);
  if (ofTheAccount.includes(code) || isOfSender) return 'blocked';
  if (status === 402 || status === 403 || status === 404) return 'blocked';
  return troubleOfStatus(status);
}

/** Brevo names the field in its words alone. */
function refusalOf(message: string): ProviderRefusal {
  return /\bemail is not valid in to\b|\bto\b.*\bemail\b/i.test(message)
    ? 'address-refused'
    : 'content-refused';
}
