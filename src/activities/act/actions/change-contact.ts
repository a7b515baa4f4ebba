import { z } from 'zod';
import { tagList } from '../../../core/contacts/contact.schema';
import { hasRoomForChange } from '../../../core/contacts/room-for-values';
import { withoutRoomForValues } from '../../../core/decisions/without-room';
import { jsonObject, optional } from '../../../core/json/json.schema';
import { nowOf } from '../../dependencies';
import { defineAction } from '../define-action';

const input = z
  .strictObject({
    traits: optional(jsonObject),
    addTags: optional(tagList),
    removeTags: optional(tagList),
  })
  .refine((change) => Object.keys(change).length > 0, {
    error: 'changes nothing; give at least one of traits, addTags, removeTags',
  });

/**
 * Sets traits of the contact by key, adds tags and removes them. A tag that is both added and
 * removed is removed. Values without room are left out, and a refusal says so. A contact that has
 * been erased meanwhile stays erased.
 */
export const changeContact = defineAction(input, async (change, { dependencies, enrolled }) => {
  const { contacts, decisions } = dependencies.store;
  const { workspace, contact: id } = enrolled.enrollment;
  const contact = await contacts.findById(workspace, id);
  if (!contact) return;
  const now = nowOf(dependencies);
  await contacts.change(workspace, contact.id, change, now);
  if (hasRoomForChange(contact, change)) return;
  await decisions.record([withoutRoomForValues({ workspace, contact: contact.id }, now)]);
});
