import type { ProviderRefusal } from '../../core/decisions/reasons';
import type { TroubleKind } from '../../core/messages/trouble';
import { textIn } from '../http/json-parts';
import { readingBy, troubleOfStatus, type ProviderError } from '../http/read-answer';

/** Faults of the number alone: no message will ever reach it. */
const ofTheNumber = ['21211', '21214', '21217', '21614'];
/** Faults of the text. */
const ofTheText = ['21602', '21605', '21617', '21619', '21620'];
/** Faults of the account or of its sender, which an operator mends. */
const ofTheSender = [
  '20003',
  '20005',
  '20404',
  '20429',
  '21603',
  '21606',
  '21608',
  '21659',
  '21660',
];

/**
 * Reads an answer of Twilio.
 * https://www.twilio.com/docs/api/errors
 */
export const twilioMeaningOf = readingBy({
  idField: 'sid',
  codeOf: ({ body }) => textIn(body, 'code'),
  troubleOf,
  refusalOf,
});

function troubleOf({ status, code }: ProviderError): TroubleKind | undefined {
  const isOfSender = ofTheSender.includes(code);
  return troubleOfStatus(status) ?? (isOfSender ? 'blocked' : undefined);
}

function refusalOf({ code }: ProviderError): ProviderRefusal {
  if (ofTheNumber.includes(code)) return 'address-refused';
  return ofTheText.includes(code) ? 'content-refused' : 'provider-refused';
}
