import { z } from 'zod';
import { idReused } from '../../core/decisions/decisions';
import { meaningOf } from '../../connectors/segment/segment';
import {
  segmentMessage,
  segmentMessages,
  type SegmentMessage,
} from '../../connectors/segment/segment-message';
import type { Accept } from '../../intake/intake';
import { eventId } from '../../core/ids';
import type { Workspace } from '../../core/workspaces/workspace';
import { alias, identify } from '../../operations/contacts/merge-contacts';
import type { ApiDependencies } from '../dependencies';
import { eventLimitBytes, inLanes, readItem } from '../events/event-item';
import { badRequest, operation, type ApiOperation } from '../http/operation';
import { json } from '../http/reply';

const success = json(200, { success: true });
const answers = {
  200: { description: 'Durable', schema: z.object({ success: z.literal(true) }) },
} as const;
const batchLimitBytes = 500 * 1024;
const batchSchema = z.object({
  batch: z.array(z.unknown()).min(1),
  sentAt: z.string().nullish(),
});

/** One call of the Segment HTTP Tracking API, such as `track`. */
export function segmentCall(type: SegmentMessage['type']): ApiOperation {
  return operation({
    summary: `Segment \`${type}\``,
    description:
      'The Segment HTTP Tracking API; fields it does not know are ignored. `messageId` makes a repeat harmless.',
    reading: { types: 'any', limitBytes: eventLimitBytes },
    body: z.looseObject({}),
    bodyDocument: segmentMessages[type],
    answers,
    handle: async ({ body, workspace }, deps) => {
      const item = readItem(segmentMessage, { ...body, type });
      if (item.kind === 'faulty') return badRequest(item.faults);
      await take(item.value, { workspace, deps, receive: deps.intake.accept });
      return success;
    },
  });
}

export const segmentBatch = operation({
  summary: 'Segment `batch`',
  description:
    'Answers once everything valid in it is durable. Items that are not are left out, as Segment does, and logged.',
  reading: { types: 'any', limitBytes: batchLimitBytes, itemsIn: 'batch' },
  body: batchSchema,
  bodyDocument: z.object({ ...batchSchema.shape, batch: z.array(segmentMessage).min(1) }),
  answers,
  handle: async ({ body, workspace, progressed }, deps) => {
    const items = body.batch.map((item, index) =>
      readItem(segmentMessage, sentWith(body.sentAt, item), ['batch', index]),
    );
    const faults = items.flatMap((item) => (item.kind === 'faulty' ? item.faults : []));
    if (faults.length > 0) deps.logger.warn({ faults }, 'A Segment batch holds invalid items');
    const fit = items.flatMap((item) => (item.kind === 'read' ? [item.value] : []));
    await inLanes(fit, {
      laneOf,
      intake: deps.intake,
      work: async (message, receive) => {
        await take(message, { workspace, deps, receive });
        progressed();
      },
    });
    return success;
  },
});

/** The envelope says when the batch left the client, for items that do not say it. */
function sentWith(sentAt: string | null | undefined, item: unknown): unknown {
  const isSilent = typeof sentAt !== 'string' || typeof item !== 'object' || item === null;
  return isSilent ? item : { sentAt, ...item };
}

function laneOf({ userId, anonymousId }: SegmentMessage): string {
  return String(userId ?? anonymousId);
}

type Taking = Readonly<{ workspace: Workspace; deps: ApiDependencies; receive: Accept }>;

async function take(message: SegmentMessage, { workspace, deps, receive }: Taking): Promise<void> {
  const { clock, store, intake, newContactId } = deps;
  const meaning = meaningOf(message, {
    receivedAt: clock.realNow(),
    engineTimeOf: clock.engineTimeOf,
  });
  const merging = { store, intake, now: clock.now(), newContactId };
  if (meaning.kind === 'contact') {
    await identify(merging, workspace.id, meaning);
    return;
  }
  if (meaning.kind === 'alias') {
    const { previousId, event } = meaning;
    await alias(merging, workspace.id, { contact: event.contact, previousId });
  }
  const received = await receive(workspace, meaning.event);
  if (received.kind === 'conflict') await recordConflict(received.id, { workspace, deps });
}

/** A repeated `messageId` with other content changes nothing. Segment knows no answer for it, so it stands among the refusals. */
async function recordConflict(
  id: string,
  { workspace, deps: { store, clock } }: Pick<Taking, 'workspace' | 'deps'>,
): Promise<void> {
  const event = await store.events.find(workspace.id, eventId(id));
  if (!event) return;
  await store.decisions.record([idReused(event, clock.now())]);
}
