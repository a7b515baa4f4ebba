import type { ProviderRefusal } from '../../../core/decisions/reasons';
import type { TroubleKind } from '../../../core/messages/trouble';
import { textIn } from '../../http/json-parts';
import { readingBy, troubleOfStatus, type ProviderError } from '../../http/read-answer';

/**
 * Reads an answer of Resend. https://resend.com/docs/api-reference/errors
 */
export const resendMeaningOf = readingBy({
  idField: 'id',
  codeOf: ({ body }) => textIn(body, 'name'),
  troubleOf,
  refusalOf,
});

/** A domain that is not verified, and a quota, are the operator's to mend. */
function troubleOf({ status, code: name }: ProviderError): TroubleKind | undefined {
  if (name === 'daily_quota_exceeded' || name === 'monthly_quota_exceeded') return 'blocked';
  // Another request with the same key is under way.
  if (status === 409) return name === 'concurrent_idempotent_requests' ? 'deferred' : undefined;
  if (status === 403 || status === 404 || status === 405) {
    return name.includes('api_key') ? 'unauthorized' : 'blocked';
  }
  return troubleOfStatus(status);
}

/** Resend names the field in its words alone. */
function refusalOf({ message }: ProviderError): ProviderRefusal {
  return message.includes('`to`') ? 'address-refused' : 'content-refused';
}
