import { z } from 'zod';
import { createConnector, type BatchEndpoint, type SingleEndpoint } from '../connector';
import { segmentMeanings } from './segment-meanings';
import { segmentMessage, segmentMessages, type SegmentMessage } from './segment-message';

/** Segment's own limit of a batch. */
const mostMessages = 2_500;

const unusable = z
  .looseObject({})
  .meta({ description: 'Anything else is taken in and listed by `GET /v1/rejections`' });

const batchEnvelope = z.object({
  batch: z.array(z.unknown()).min(1).max(mostMessages),
  sentAt: z.unknown().optional(),
  history: z.boolean().nullish(),
});

/**
 * The Segment HTTP Tracking API
 * (https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/). Its clients
 * sign nothing: they send the write key, which is an API key here.
 */
export const segment = createConnector({
  kind: 'segment',
  verify: () => true,
  message: segmentMessage,
  meanings: segmentMeanings,
  endpoints: [
    single('track'),
    single('identify'),
    single('page'),
    single('screen'),
    single('group'),
    single('alias'),
    batch('/v1/batch', { isHistory: ({ history }) => history === true }),
    batch('/v1/import', { isHistory: ({ history }) => history !== false }),
  ],
});

/** A call of the API. Its path says the type of the message. */
function single(type: SegmentMessage['type']): SingleEndpoint {
  return {
    kind: 'single',
    path: `/v1/${type}`,
    summary: `Segment \`${type}\``,
    description:
      'The Segment HTTP Tracking API; fields it does not know are ignored. `messageId` makes a repeat harmless. A message ' +
      'that cannot be used is answered alike and listed by `GET /v1/rejections`.',
    envelope: z.looseObject({}),
    document: z.union([segmentMessages[type], unusable]),
    messageIn: (envelope) => ({ ...envelope, type }),
  };
}

function batch(
  path: BatchEndpoint['path'],
  { isHistory }: Pick<BatchEndpoint, 'isHistory'>,
): BatchEndpoint {
  return {
    kind: 'batch',
    path,
    isHistory,
    summary: 'Segment `batch`',
    description:
      'Answers once everything valid in it is durable. Items that are not are left out, as Segment does, and listed by `GET /v1/rejections`. ' +
      'History starts nothing and still ends what is open: an import is history unless it says `history: false`, a batch is if it says `history: true`.',
    envelope: batchEnvelope,
    document: z.object({
      ...batchEnvelope.shape,
      batch: z
        .array(z.union([segmentMessage, z.unknown()]))
        .min(1)
        .max(mostMessages),
    }),
    itemsIn: 'batch',
    messageIn: sentWith,
  };
}

/**
 * Adds the time at which the batch left the client. Items that do not say it take it from the
 * envelope.
 */
function sentWith(item: unknown, { sentAt }: Readonly<Record<string, unknown>>): unknown {
  const isSilent = sentAt === undefined || typeof item !== 'object' || item === null;
  return isSilent ? item : { sentAt, ...item };
}
