import { json, type Collection } from '../mongo/collection';
import type { ContactRow } from './contact-row';

export const contactCollection: Collection<ContactRow> = {
  name: 'contacts',
  fields: {
    workspace: String,
    identities: [String],
    userId: String,
    anonymousIds: [String],
    externalIds: json,
    email: String,
    emailKey: String,
    phone: String,
    locale: String,
    timeZone: String,
    traits: json,
    tags: [String],
    consents: json,
    outbox: json,
    aliases: json,
    mergedInto: String,
    erasedAt: Number,
    createdAt: Number,
    updatedAt: Number,
    revision: Number,
  },
  personal: {
    ownerOf: ({ _id }) => _id as string,
    parts: {
      person: [
        'identities',
        'userId',
        'anonymousIds',
        'externalIds',
        'email',
        'emailKey',
        'phone',
        'locale',
        'timeZone',
        'traits',
        'tags',
        'consents',
        'outbox',
      ],
    },
    digested: ['identities', 'emailKey', 'phone'],
    // Its key is gone, so the contact is nobody any more.
    erased: { anonymousIds: [], externalIds: [], traits: {}, tags: [], consents: {}, erasedAt: 0 },
  },
  indexes: [
    [{ workspace: 1, identities: 1 }, { unique: true }],
    [{ workspace: 1, emailKey: 1, createdAt: 1, _id: 1 }],
    [{ workspace: 1, phone: 1, createdAt: 1, _id: 1 }],
    [{ workspace: 1, aliases: 1 }, { partialFilterExpression: { aliases: { $exists: true } } }],
  ],
};
