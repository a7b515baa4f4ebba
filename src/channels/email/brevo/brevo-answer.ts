import type { ProviderRefusal } from '../../../core/decisions/reasons';
import type { TroubleKind } from '../../../core/messages/trouble';
import { textIn } from '../../http/json-parts';
import { readingBy, troubleOfStatus, type ProviderError } from '../../http/read-answer';

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
export const brevoMeaningOf = readingBy({
  idField: 'messageId',
  codeOf: ({ body }) => textIn(body, 'code'),
  troubleOf,
  refusalOf,
});

function troubleOf({ status, code, message }: ProviderError): TroubleKind | undefined {
  const isOfSender = status === 400 && /\bsender\b/i.test(message);
  if (ofTheAccount.includes(code) || isOfSender) return 'blocked';
  if (status === 402 || status === 403 || status === 404) return 'blocked';
  return troubleOfStatus(status);
}

/** Brevo names the field in its words alone. */
function refusalOf({ message }: ProviderError): ProviderRefusal {
  return /\bemail is not valid in to\b|\bto\b.*\bemail\b/i.test(message)
    ? 'address-refused'
    : 'content-refused';
}
