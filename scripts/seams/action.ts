import { behind, create, edit, imports, type Plantation } from './plantation';

/** The work of an act step. */
export const action: Plantation = {
  name: 'An action',
  filesAtMost: 3,
  places: [
    create(
      'src/activities/act/actions/clear-tags.ts',
      `
import { z } from 'zod';
import { tagList } from '../../../core/contacts/contact.schema';
import { nowOf } from '../../dependencies';
import { defineAction } from '../define-action';

/** Removes tags of the contact. */
export const clearTags = defineAction(
  z.strictObject({ tags: tagList }),
  async ({ tags: removeTags }, { dependencies, enrolled }) => {
    const { workspace, contact } = enrolled.enrollment;
    const { contacts } = dependencies.store;
    await contacts.change(workspace, contact, { removeTags }, nowOf(dependencies));
  },
);
`,
    ),
    edit(
      'src/activities/act/define-action.ts',
      behind("export type ActionName = 'change-contact'", " | 'clear-tags'"),
    ),
    edit(
      'src/activities/act/actions/actions.ts',
      imports("{ clearTags } from './clear-tags'"),
      behind('const actions = {', " 'clear-tags': clearTags,"),
    ),
  ],
};
