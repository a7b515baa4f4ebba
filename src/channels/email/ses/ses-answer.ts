import type { ProviderRefusal } from '../../../core/decisions/reasons';
import type { TroubleKind } from '../../../core/messages/trouble';
import { readingBy, troubleOfStatus, type ProviderError } from '../../http/read-answer';

/** These are about the account or its sender, which an operator mends. */
const ofTheAccount = [
  'AccountSuspendedException',
  'LimitExceededException',
  'MailFromDomainNotVerifiedException',
  'NotFoundException',
  'SendingPausedException',
];

/** Signatures, keys and rights. */
const ofTheKey = [
  'AccessDeniedException',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
];

/**
 * Reads an answer of Amazon SES, which names the error in a header.
 */
export const sesMeaningOf = readingBy({
  idField: 'MessageId',
  codeOf: ({ headers }) => (headers.get('x-amzn-ErrorType') ?? '').split(':', 1)[0] ?? '',
  troubleOf,
  refusalOf,
});

/** An address that is not verified is the sender's, or of the sandbox. */
function troubleOf({ status, code: name, message }: ProviderError): TroubleKind | undefined {
  if (ofTheKey.includes(name)) return 'unauthorized';
  if (ofTheAccount.includes(name) || /not verified/i.test(message)) return 'blocked';
  return status === 403 ? 'unauthorized' : troubleOfStatus(status);
}

/** A malformed recipient is named in the words alone. */
function refusalOf({ message }: ProviderError): ProviderRefusal {
  const isOfAddress = /\b(?:local address|domain|recipient|destination|to) \b|illegal address/i;
  return isOfAddress.test(message) ? 'address-refused' : 'content-refused';
}
