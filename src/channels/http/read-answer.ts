import type { ProviderRefusal } from '../../core/decisions/reasons';
import type { TroubleKind } from '../../core/messages/trouble';
import type { HttpAnswer, ProviderMeaning } from './ask-provider';
import { textIn } from './json-parts';

/** An error of a provider. `code` is its own name or number, and may be empty. */
export type ProviderError = Readonly<{ status: number; code: string; message: string }>;

/** The rules by which the answers of one provider are read. */
type Rules = Readonly<{
  /** The field of the body with the id of an accepted message. */
  idField: string;
  codeOf(answer: HttpAnswer): string;
  troubleOf(error: ProviderError): TroubleKind | undefined;
  refusalOf(error: ProviderError): ProviderRefusal;
}>;

/**
 * Reads answers by the rules of a provider. An acceptance without an id is none, since nobody can
 * say what came of the message.
 */
export function readingBy(rules: Rules): (answer: HttpAnswer) => ProviderMeaning {
  return (answer) => {
    const { status, body } = answer;
    if (status >= 200 && status < 300) {
      const providerId = textIn(body, rules.idField);
      return providerId === '' ? withoutId(status) : { kind: 'accepted', providerId };
    }
    const error = { status, code: rules.codeOf(answer), message: textIn(body, 'message') };
    const told = `${status} ${error.code}`.trim();
    const text = impersonal(error.message);
    const trouble = rules.troubleOf(error);
    if (trouble === 'unauthorized') {
      return { kind: 'trouble', trouble, status: told, text: ofCredentials };
    }
    if (trouble) return { kind: 'trouble', trouble, status: told, text };
    return { kind: 'refused', because: rules.refusalOf(error), detail: `${told} ${text}`.trim() };
  };
}

/**
 * The trouble that a status says by itself. A gateway that gives up does not know what came of the
 * message behind it.
 */
export function troubleOfStatus(status: number): TroubleKind | undefined {
  if (status === 502 || status === 504) return 'unanswered';
  if (status === 429 || status >= 500) return 'deferred';
  return status === 401 ? 'unauthorized' : undefined;
}

function withoutId(status: number): ProviderMeaning {
  const text = 'It accepted the message without an id.';
  return { kind: 'trouble', trouble: 'unanswered', status: String(status), text };
}

/** A provider may answer with the credentials, which are the operator's and no customer's. */
const ofCredentials = 'The provider refuses the credentials.';

const longestWords = 300;

/** The words of a provider without addresses and numbers, since a ledger outlives a contact. */
export function impersonal(words: string): string {
  return words
    .replace(/[^\s<>"']*@[^\s<>"',;]+/g, '…')
    .replace(/\+?[0-9][0-9 ()-]{4,}/g, '…')
    .slice(0, longestWords);
}
