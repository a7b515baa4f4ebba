import {
  findLongOpenings,
  findStrangeSentences,
  findWideComments,
} from '../../../scripts/house/prose';
import { parse } from '../../../scripts/house/source';

describe('prose of comments', () => {
  test('a sentence that hides its actor is found, wherever it stands in the comment', () => {
    const source = parse('src/a.ts', '\n// Intake stores it. What\n// fails is owed.\nf();\n');

    const faults = findStrangeSentences(source);

    expect(faults).toEqual([
      { path: 'src/a.ts', line: 2, says: expect.stringContaining('"What"') as string },
    ]);
  });

  test('an opening of sixteen words is too long, a second sentence is not', () => {
    const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');
    const source = parse(
      'src/a.ts',
      `/** ${words(16)}. */\nf();\n/** ${words(15)}. ${words(1).toUpperCase()} ${words(20)}. */\ng();\n`,
    );

    const faults = findLongOpenings(source);

    expect(faults.map(({ line }) => line)).toEqual([1]);
  });

  test('a comment beyond 100 columns is found on its own line, a long line of code is not', () => {
    const source = parse(
      'src/a.ts',
      `const a = '${'x'.repeat(120)}';\n/**\n * ${'y'.repeat(100)}\n */\nf('// no');\n`,
    );

    const faults = findWideComments(source);

    expect(faults.map(({ line }) => line)).toEqual([3]);
  });

  test('a directive for a tool is no prose', () => {
    const source = parse('src/a.ts', '// eslint-disable-next-line one that -- What\nf();\n');

    const faults = findStrangeSentences(source);

    expect(faults).toEqual([]);
  });
});
