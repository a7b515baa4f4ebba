import {
  behind,
  create,
  edit,
  imports,
  omissionsOf,
  planted,
} from '../../../scripts/seams/plantation';

const texts = (file: string) =>
  file === 'list.ts' ? 'const list = [];\nconst more = [];\n' : undefined;

describe('a plantation', () => {
  test('lays new files and edits over what is there', () => {
    const places = [
      create('new.ts', 'export const it = 1;'),
      edit('list.ts', imports("{ it } from './new'"), behind('list = [', 'it')),
    ];

    const overlay = planted(places, texts);

    expect([...overlay]).toEqual([
      ['new.ts', 'export const it = 1;\n'],
      ['list.ts', "import { it } from './new';\nconst list = [it];\nconst more = [];\n"],
    ]);
  });

  test('an anchor that stands twice is refused', () => {
    const places = [edit('list.ts', behind('= [', 'it'))];

    expect(() => planted(places, texts)).toThrow('does not hold this text once');
  });

  test('each file and each edit of several may be forgotten, an import never alone', () => {
    const places = [
      create('new.ts', 'export const it = 1;'),
      edit(
        'list.ts',
        imports("{ it } from './new'"),
        behind('list = [', 'a'),
        behind('more = [', 'b'),
      ),
    ];

    const omissions = omissionsOf({ name: 'A thing', filesAtMost: 2, places });

    expect(omissions.map(({ file, part }) => [file, part])).toEqual([
      ['new.ts', undefined],
      ['list.ts', undefined],
      ['list.ts', 'a'],
      ['list.ts', 'b'],
    ]);
  });
});
