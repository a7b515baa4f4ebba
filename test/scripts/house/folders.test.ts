import { findCrowdedFolders, findStrangeNouns } from '../../../scripts/house/folders';

describe('folders', () => {
  test('a thirteenth file in a folder is one too many', () => {
    const files = Array.from({ length: 13 }, (_, n) => `src/api/file-${n}.ts`);

    const faults = findCrowdedFolders([...files, 'src/store/store.ts']);

    expect(faults.map(({ path }) => path)).toEqual(['src/api']);
  });

  test('a noun of core has the same name in every layer', () => {
    const faults = findStrangeNouns([
      'src/core/contacts/contact.ts',
      'src/api/contact/timeline.ts',
      'src/store/customers.ts',
      'src/operations/contacts/change-contact.ts',
      'src/activities/contacts/contact.ts',
    ]);

    expect(faults.map(({ path }) => path)).toEqual(['src/api/contact', 'src/store/customers.ts']);
  });
});
