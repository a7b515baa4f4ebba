import type { Fault } from './fault';

export const securityTable = 'docs/security.md';

/** Answers the text of a file; undefined where there is none. */
type Read = (path: string) => string | undefined;

const row = /^\|[^|]*\|[^|]*\|(?<proof>[^|]*)\|$/;
const heading = /^(?: Test +| -[ -]*)$/;
const reason = /^Not (?:met|ours): \S/;
const test = /^`(?<file>[\w/.-]+)` (?<title>.+)$/;

/** Finds the rows of a table whose last cell names no test that there is, and gives no reason. */
export function findUntestedRows(table: string, read: Read): readonly Fault[] {
  return table.split('\n').flatMap((text, index) => {
    const proof = row.exec(text)?.groups?.['proof'];
    if (proof === undefined || heading.test(proof) || reason.test(proof.trim())) return [];
    return proof
      .split(';')
      .filter((cell) => !isTested(cell.trim(), read))
      .map((cell) => ({
        path: securityTable,
        line: index + 1,
        says: `names no test: "${cell.trim()}"; write \`path/of/test\` and words of its title`,
      }));
  });
}

function isTested(cell: string, read: Read): boolean {
  const { file = '', title = '' } = test.exec(cell)?.groups ?? {};
  return title !== '' && (read(`${file}.test.ts`)?.includes(title) ?? false);
}
