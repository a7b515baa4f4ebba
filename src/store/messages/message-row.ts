import { contactOf, type MessageId } from '../../core/ids';
import type { Message, MessageLine, MessageStand } from '../../core/messages/message';
import { json, type Collection } from '../mongo/collection';

/** By `mark` a caller whose answer was lost knows its own row. */
export type MessageRow = Readonly<{ _id: MessageId; mark?: string }> &
  Omit<MessageLine, 'id'> &
  MessageStand;

export const messageCollection: Collection<MessageRow> = {
  name: 'messages',
  fields: {
    workspace: String,
    enrollment: String,
    contact: String,
    step: String,
    visit: Number,
    template: String,
    purpose: String,
    channel: String,
    provider: String,
    status: String,
    because: String,
    providerId: String,
    repeated: Boolean,
    attempts: Number,
    attemptedAt: Number,
    handedAt: Number,
    nextAttemptAt: Number,
    trouble: json,
    deliveredAt: Number,
    bouncedAt: Number,
    complainedAt: Number,
    openedAt: Number,
    clickedAt: Number,
    answer: String,
    at: Number,
    mark: String,
  },
  personal: {
    ownerOf: ({ _id }) => contactOf(String(_id).split('.').slice(0, -2).join('.')),
    parts: { answered: ['answer'], trouble: ['trouble'] },
  },
  indexes: [
    [{ workspace: 1, at: -1, _id: -1 }],
    [{ workspace: 1, status: 1, at: -1, _id: -1 }],
    [{ workspace: 1, contact: 1, at: -1, _id: -1 }],
    [{ workspace: 1, enrollment: 1, at: -1, _id: -1 }],
  ],
};

export function messageOf({ _id, mark: _mark, ...message }: MessageRow): Message {
  return { id: _id, ...message };
}
