import { findUnlistedRequirements, findUntestedRows } from '../../../scripts/house/security-table';

const head = '| Requirement | Control | Test |\n| --- | --- | --- |\n';
const files: Readonly<Record<string, string>> = {
  'test/a.test.ts': "it('refuses a stranger', () => {});",
  'docs/a.md': '## Keys and their uses',
};
const table = (...rows: readonly string[]) => ({ path: 'a.md', text: head + rows.join('\n') });
const found = (cell: string) =>
  findUntestedRows([table(`| R | C | ${cell} |`)], (path) => files[path]).map(({ line }) => line);
const listed = (...ids: readonly string[]) =>
  findUnlistedRequirements(
    [table(...ids.map((id) => `| ${id} words | C | T |`))],
    ['V1.1.1', 'V1.1.2'],
  ).map(({ line, says }) => [line, says.slice(0, 15)]);

describe('a row of the security table', () => {
  it.each([
    '`test/a` refuses a stranger',
    '`docs/a.md` Keys and their uses',
    'Not met: it takes time',
    'Not ours: a proxy does it',
  ])('is as it should be: %s', (cell) => {
    expect(found(cell)).toEqual([]);
  });

  it.each([
    '',
    'it is tested',
    'Not met:',
    '`test/a`',
    '`test/b` refuses a stranger',
    '`test/a` refuses a friend',
    '`test/a` refuses a stranger; `test/b` x',
    '`docs/a.md` Keys and their owners',
    '`docs/b.md` Keys and their uses',
  ])('needs a test or document that there is, or a reason: %j', (cell) => {
    expect(found(cell)).toEqual([3]);
  });
});

describe('the requirements of a standard', () => {
  it('have one row each, in any order', () => {
    expect(listed('V1.1.2', 'API1', 'V1.1.1')).toEqual([]);
  });

  it('are missed, doubled and made up', () => {
    expect(listed('V1.1.1', 'V1.1.1', 'V9.9.9')).toEqual([
      [4, 'V1.1.1 has a ro'],
      [5, 'V9.9.9 is no re'],
      [undefined, 'V1.1.2 has no r'],
    ]);
  });
});
