import type { Fault } from './fault';

/** A file of tables: requirement, control, proof. */
export type SecurityTable = Readonly<{ path: string; text: string }>;

/** Answers the text of a file; undefined where there is none. */
type Read = (path: string) => string | undefined;

const row = /^\|(?<requirement>[^|]*)\|[^|]*\|(?<proof>[^|]*)\|$/;
const heading = /^(?: Test +| -[ -]*)$/;
const reason = /^Not (?:met|ours): \S/;
const test = /^`(?<file>[\w/.-]+)` (?<title>.+)$/;
const requirementId = /^ (?<id>V\d+\.\d+\.\d+) /;

type Row = Readonly<{ path: string; line: number; requirement: string; proof: string }>;

function rowsOf({ path, text }: SecurityTable): readonly Row[] {
  return text.split('\n').flatMap((words, index) => {
    const { requirement, proof } = row.exec(words)?.groups ?? {};
    if (requirement === undefined || proof === undefined || heading.test(proof)) return [];
    return [{ path, line: index + 1, requirement, proof: proof.trim() }];
  });
}

/**
 * Finds the rows whose last cell names no test or document that there is, and gives no reason. A
 * document is named by its path, with `.md`.
 */
export function findUntestedRows(tables: readonly SecurityTable[], read: Read): readonly Fault[] {
  return tables.flatMap(rowsOf).flatMap(({ path, line, proof }) => {
    if (reason.test(proof)) return [];
    return proof
      .split(';')
      .filter((cell) => !isThere(cell.trim(), read))
      .map((cell) => ({
        path,
        line,
        says: `names no test: "${cell.trim()}"; write \`path/of/test\` and words of its title`,
      }));
  });
}

function isThere(cell: string, read: Read): boolean {
  const { file = '', title = '' } = test.exec(cell)?.groups ?? {};
  const path = file.endsWith('.md') ? file : `${file}.test.ts`;
  return title !== '' && (read(path)?.includes(title) ?? false);
}

/** Finds the requirements of a standard that have no row, and rows for another or the same. */
export function findUnlistedRequirements(
  tables: readonly SecurityTable[],
  requirements: readonly string[],
): readonly Fault[] {
  const left = new Set(requirements);
  const strange = tables.flatMap(rowsOf).flatMap(({ path, line, requirement }) => {
    const id = requirementId.exec(requirement)?.groups?.['id'];
    if (id === undefined || left.delete(id)) return [];
    const why = requirements.includes(id) ? 'has a row already' : 'is no requirement';
    return [{ path, line, says: `${id} ${why}` }];
  });
  const missing = [...left].map((id) => ({
    path: 'docs/security',
    says: `${id} has no row; give it one with its control and its test`,
  }));
  return [...strange, ...missing];
}
