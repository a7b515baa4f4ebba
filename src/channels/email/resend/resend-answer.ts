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

const accepted = z.object({ id: z.string().min(1) });
const error = z.object({ name: z.string().optional(), message: z.string().optional() });

/**
 * Reads an answer of Resend. https://resend.com/docs/api-reference/errors
 */
export function resendMeaningOf({ status, body }: HttpAnswer): ProviderMeaning {
  if (status >= 200 && status < 300) {
    const { data } = accepted.safeParse(body);
    return data ? { kind: 'accepted', providerId: data.id } : answeredWithoutId(status);
  }
  const { name = '', message = '' } = error.safeParse(body).data ?? {};
  const told = `${status} ${name}`.trim();
  const trouble = troubleOf(status, name);
  if (trouble) return { kind: 'trouble', trouble, status: told, text: impersonal(message) };
  const because = refusalOf(message);
  return { kind: 'refused', because, detail: `${told} ${impersonal(message)}`.trim() };
}

/** A domain that is not verified, and a quota, are the operator's to mend. */
function troubleOf(status: number, name: string): TroubleKind | undefined {
  if (name === 'daily_quota_exceeded' || name === 'monthly_quota_exceeded') return 'blocked';
  // Another request with the same key is under way.
  if (status === 409) return name === 'concurrent_idempotent_requests' ? 'deferred' : undefined;
  if (status === 403 || status === 404 || status === 405) {
    return name.includes('api_key') ? 'unauthorized' : 'blocked';
  }
  return troubleOfStatus(status);
}

/** Resend names the field in its words alone. */
function refusalOf(message: string): ProviderRefusal {
  return message.includes('`to`') ? 'address-refused' : 'content-refused';
}
