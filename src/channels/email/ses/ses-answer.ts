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

const accepted = z.object({ MessageId: z.string().min(1) });
const error = z.object({ message: z.string().optional() });

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
 * Reads an answer of Amazon SES, which names the error in a header. An acceptance without an id is
 * none, since nobody can say what came of it.
 */
export function sesMeaningOf({ status, body, headers }: HttpAnswer): ProviderMeaning {
  if (status >= 200 && status < 300) {
    const { data } = accepted.safeParse(body);
    return data ? { kind: 'accepted', providerId: data.MessageId } : answeredWithoutId(status);
  }
  const [name = ''] = (headers.get('x-amzn-ErrorType') ?? '').split(':');
  const { message = '' } = error.safeParse(body).data ?? {};
  const told = `${status} ${name}`.trim();
  const trouble = troubleOf(status, { name, message });
  if (trouble) return { kind: 'trouble', trouble, status: told, text: impersonal(message) };
  return { kind: 'refused', because: refusalOf(message), detail: `${told} ${impersonal(message)}` };
}

type SesError = Readonly<{ name: string; message: string }>;

/** An address that is not verified is the sender's, or of the sandbox. */
function troubleOf(status: number, { name, message }: SesError): TroubleKind | undefined {
  if (ofTheKey.includes(name)) return 'unauthorized';
  if (ofTheAccount.includes(name) || /not verified/i.test(message)) return 'blocked';
  return status === 403 ? 'unauthorized' : troubleOfStatus(status);
}

/** A malformed recipient is named in the words alone. */
function refusalOf(message: string): ProviderRefusal {
  const isOfAddress = /\b(?:local address|domain|recipient|destination|to) \b|illegal address/i;
  return isOfAddress.test(message) ? 'address-refused' : 'content-refused';
}
