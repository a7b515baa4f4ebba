import { z } from 'zod';
import type { Rejection } from '../../core/events/rejection';
import {
  faultSchema,
  isoOf,
  isoSchema,
  pageRequestOf,
  pageSchema,
  paging,
  present,
} from '../http/answers';
import { operation } from '../http/operation';
import { json } from '../http/reply';

const rejectionSchema = z
  .object({
    id: z.string(),
    at: isoSchema,
    source: z.string().meta({ description: 'The format, such as `segment`' }),
    errors: z
      .array(faultSchema)
      .meta({ description: 'The first 20, with pointers into the body they came in' }),
    messages: z.int().optional().meta({ description: 'The number of messages, if several' }),
  })
  .meta({ id: 'Rejection' });

export const listRejections = operation({
  summary: 'Messages of other systems that could not be used, and why; latest first',
  description:
    'Their senders were told that they came in, as their own vendor would: a client repeats what is refused. Kept for 30 ' +
    'days, without their content.',
  query: z.strictObject(paging),
  answers: { 200: { description: 'A page', schema: pageSchema(rejectionSchema) } },
  refuses: ['unprocessable'],
  handle: async ({ query, workspace }, { store }) => {
    const page = await store.rejections.list(workspace.id, pageRequestOf(query));
    return json(200, { ...page, data: page.data.map(viewOf) });
  },
});

function viewOf({ id, at, source, faults, messages }: Rejection) {
  return { id, at: isoOf(at), source, errors: faults, ...present({ messages }) };
}
