import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { asvsRequirements } from './house/asvs-requirements';
import { findBareExports, findTwinTypes } from './house/exports';
import type { Fault } from './house/fault';
import { findCrowdedFolders, findStrangeNouns } from './house/folders';
import { findLongOpenings, findStrangeSentences, findWideComments } from './house/prose';
import {
  findUnlistedRequirements,
  findUntestedRows,
  type SecurityTable,
} from './house/security-table';
import { readSources, type Source } from './house/source';

// Checks the rules of the house that neither the compiler nor the linter knows. `--all` prints
// every fault, also those that a rule still allows.

type House = Readonly<{ paths: readonly string[]; src: readonly Source[]; all: readonly Source[] }>;

/** `allowed` may only go down: the faults that were there before the rule. */
type Rule = Readonly<{ allowed: number; find: (house: House) => readonly Fault[] }>;

const rules = {
  'crowded-folder': { allowed: 0, find: ({ paths }) => findCrowdedFolders(paths) },
  'strange-noun': { allowed: 0, find: ({ paths }) => findStrangeNouns(paths) },
  'twin-type': { allowed: 0, find: ({ src }) => findTwinTypes(src) },
  'wide-comment': { allowed: 0, find: ({ all }) => all.flatMap(findWideComments) },
  'long-opening': { allowed: 0, find: ({ src }) => src.flatMap(findLongOpenings) },
  'strange-sentence': { allowed: 0, find: ({ src }) => src.flatMap(findStrangeSentences) },
  'untested-row': {
    allowed: 0,
    find: () => findUntestedRows(securityTables(), textOf),
  },
  'unlisted-requirement': {
    allowed: 0,
    find: () => findUnlistedRequirements(securityTables(), asvsRequirements),
  },
  'bare-export': { allowed: 0, find: ({ src }) => src.flatMap(findBareExports) },
} satisfies Record<string, Rule>;

function securityTables(): readonly SecurityTable[] {
  const parts = readdirSync('docs/security').map((name) => `docs/security/${name}`);
  return ['docs/security.md', ...parts].map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function main(): void {
  const src = readSources(['src']);
  const all = [...src, ...readSources(['dev', 'test', 'scripts', 'bench'])];
  const house: House = { paths: src.map(({ path }) => path), src, all };
  const excess = Object.entries(rules).filter(([name, rule]) => isBroken(name, rule, house));
  if (excess.length > 0) process.exitCode = 1;
}

function isBroken(name: string, { allowed, find }: Rule, house: House): boolean {
  const faults = find(house);
  const isAbove = faults.length > allowed;
  if (isAbove || process.argv.includes('--all')) {
    for (const { path, line, says } of faults) {
      say(`${isAbove ? 'error' : 'allowed'} ${name} ${path}${line ? `:${line}` : ''} ${says}`);
    }
  }
  const lower = faults.length < allowed ? `; lower "allowed" to ${faults.length}` : '';
  say(`${name}: ${faults.length} of ${allowed} allowed${lower}`);
  return isAbove;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main();
