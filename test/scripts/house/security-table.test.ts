import { findUntestedRows } from '../../../scripts/house/security-table';

const head = '| Requirement | Control | Test |\n| --- | --- | --- |\n';
const files: Readonly<Record<string, string>> = {
  'test/a.test.ts': "it('refuses a stranger', () => {});",
};
const found = (cell: string) =>
  findUntestedRows(`${head}| R | C | ${cell} |`, (path) => files[path]).map(({ line }) => line);

describe('a row of the security table', () => {
  it.each(['`test/a` refuses a stranger', 'Not met: it takes time', 'Not ours: a proxy does it'])(
    'is as it should be: %s',
    (cell) => {
      expect(found(cell)).toEqual([]);
    },
  );

  it.each([
    '',
    'it is tested',
    'Not met:',
    '`test/a`',
    '`test/b` refuses a stranger',
    '`test/a` refuses a friend',
    '`test/a` refuses a stranger; `test/b` x',
  ])('needs a test that there is, or a reason: %j', (cell) => {
    expect(found(cell)).toEqual([3]);
  });
});
