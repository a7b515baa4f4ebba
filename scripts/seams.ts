import { createCompiler, unreachedIn, type Compiler } from './seams/compiler';
import { filesOf, omissionsOf, planted, type Omission, type Plantation } from './seams/plantation';
import { plantations } from './seams/plantations';

// Plants a new member of every closed set, in memory. Prints the files of src that it touches,
// then forgets each place in turn: the compiler must object. Only in a file that is `untyped` a
// new file that nobody imports is enough, which the check for unused code names.

function main(): void {
  const compiler = createCompiler();
  const only = process.argv.slice(2).join(' ');
  const chosen = plantations.filter(({ name }) => name.includes(only));
  const all = chosen.flatMap(({ places }) => places);
  const error = compiler.errorAnywhere(planted(all, compiler.textOf));
  if (error !== undefined) throw new Error(`The plantations do not compile: ${error}`);
  const closed = chosen.filter((plantation) => isClosed(compiler, plantation));
  say(`\n${closed.length} of ${chosen.length} seams are closed`);
  if (closed.length < chosen.length || closed.length === 0) process.exitCode = 1;
}

function isClosed(compiler: Compiler, plantation: Plantation): boolean {
  const { name, filesAtMost } = plantation;
  const { length } = filesOf(plantation);
  say(`\n${name}: ${length} files of src, at most ${filesAtMost}`);
  if (length > filesAtMost) say('  error it touches more files than it may');
  const missed = omissionsOf(plantation).filter(
    (omission) => !isFound(compiler, plantation, omission),
  );
  return length <= filesAtMost && missed.length === 0;
}

/** Somebody forgets one place. */
function isFound(
  compiler: Compiler,
  { untyped = [] }: Plantation,
  { file, part, rest }: Omission,
): boolean {
  const overlay = planted(rest, compiler.textOf);
  const finder =
    compiler.errorNear(overlay) ??
    (untyped.includes(file) ? unusedIn(unreachedIn(overlay, compiler.textOf)) : undefined) ??
    compiler.errorAnywhere(overlay);
  say(`  ${file}${part === undefined ? '' : `, without: ${part.split('\n')[0]}`}`);
  say(`      ${finder ?? 'error nothing objects'}`);
  return finder !== undefined;
}

function unusedIn(files: readonly string[]): string | undefined {
  return files.length > 0 ? `unused: ${files.join(', ')}` : undefined;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main();
