import { findBareExports, findTwinTypes } from '../../../scripts/house/exports';
import { parse } from '../../../scripts/house/source';

describe('exports', () => {
  test('two files that export a type of one name are told apart by the later one', () => {
    const one = parse('src/core/a.ts', 'export type Route = string;');
    const other = parse('src/api/b.ts', '\nexport class Route {}');

    const faults = findTwinTypes([one, other]);

    expect(faults).toMatchObject([{ path: 'src/api/b.ts', line: 2 }]);
  });

  test('an export of core without a docstring is found, a private or a documented one is not', () => {
    const source = parse(
      'src/core/a.ts',
      '/** Doubles. */\nexport function twice() {}\nfunction once() {}\n// Plain.\nexport const zero = 0;\n',
    );

    const faults = findBareExports(source);

    expect(faults).toMatchObject([{ line: 5, says: expect.stringContaining('zero') as string }]);
  });

  test('the outer layers need no docstring', () => {
    const source = parse('src/api/a.ts', 'export const zero = 0;\n');

    const faults = findBareExports(source);

    expect(faults).toEqual([]);
  });
});
