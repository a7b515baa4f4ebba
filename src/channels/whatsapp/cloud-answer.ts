import type { ProviderRefusal } from '../../core/decisions/reasons';
import type { TroubleKind } from '../../core/messages/trouble';
import type { HttpAnswer, ProviderMeaning } from '../http/ask-provider';
import { partOf, textIn } from '../http/json-parts';
import { readingBy, troubleOfStatus, type ProviderError } from '../http/read-answer';

/** An operator mends these, or they pass by themselves. */
const troubles: Readonly<Record<TroubleKind, readonly string[]>> = {
  unauthorized: ['0', '3', '10', '190', '131005'],
  blocked: ['33', '368', '131031', '131037', '131042', '131045', '133010', '100/33'],
  deferred: [
    // Rates: of the app, the account, the number, and of messages to one person.
    ...['4', '80007', '130429', '131048', '131056'],
    // Faults of theirs, and a template that rests for some hours.
    ...['1', '2', '131000', '131016', '131057', '132015', '133004'],
  ],
  unreachable: [],
  unanswered: [],
};

/** Nothing reaches this number by WhatsApp, which it may not have. */
export const ofTheNumber = ['131026'];

/**
 * Nothing reaches the person now, and later something may. The person is not on the list of a test
 * number, is part of an experiment, has written nothing for 24 hours, has had enough marketing, has
 * stopped it, or lives in a country that is closed to the sender.
 */
const ofThePerson = ['131021', '131030', '130472', '131047', '131049', '131050', '130497'];

/** Faults of the template and of its values. */
const ofTheContent = ['100', '131008', '131009', '131051', '131052', '131053', '135000'];

const read = readingBy({
  idField: 'id',
  codeOf: ({ body }) => textIn(body, 'code'),
  troubleOf,
  refusalOf,
});

/**
 * Reads an answer of the Cloud API. Its code says more than its status.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
 */
export function cloudMeaningOf(answer: HttpAnswer): ProviderMeaning {
  return read({ ...answer, body: flat(answer.body) });
}

/** The id of the only message, or the code and words of the error. */
function flat(body: unknown): object {
  const error = partOf(body, 'error');
  const details = textIn(partOf(error, 'error_data'), 'details');
  const title = textIn(error, 'message').replace(/^\(#\d+\) /, '');
  return {
    id: textIn(partOf(partOf(body, 'messages'), '0'), 'id'),
    code: codeOf(error),
    message: details === '' ? title : details,
  };
}

/** By this subcode WhatsApp says that it does not know our number. */
function codeOf(error: unknown): string {
  const code = textIn(error, 'code');
  const isUnknownObject = code === '100' && textIn(error, 'error_subcode') === '33';
  return isUnknownObject ? '100/33' : code;
}

function troubleOf({ status, code }: ProviderError): TroubleKind | undefined {
  const [known] = Object.entries(troubles).find(([, codes]) => codes.includes(code)) ?? [];
  if (known !== undefined) return known as TroubleKind;
  if (/^2\d\d$/.test(code)) return 'unauthorized';
  if (isRefusal(code)) return undefined;
  return troubleOfStatus(status) ?? (status === 403 || status === 404 ? 'blocked' : undefined);
}

function isRefusal(code: string): boolean {
  return [...ofTheNumber, ...ofThePerson, ...ofTheContent].includes(code) || isOfTemplate(code);
}

function isOfTemplate(code: string): boolean {
  return /^132\d{3}$/.test(code);
}

function refusalOf({ code }: ProviderError): ProviderRefusal {
  if (ofTheNumber.includes(code)) return 'address-refused';
  return ofTheContent.includes(code) || isOfTemplate(code) ? 'content-refused' : 'provider-refused';
}
