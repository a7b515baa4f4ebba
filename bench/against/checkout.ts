import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, projectFolder } from '../../dev/project-folder';

/** Checks a commit out beside this one, installed as its lockfile says. Answers its folder. */
export function checkOut(ref: string): string {
  const commit = git('rev-parse', '--verify', `${ref}^{commit}`).toString().trim();
  const folder = join(cacheFolder, 'bench', 'against', commit);
  if (existsSync(join(folder, 'node_modules'))) return folder;
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-x', '-C', folder], { input: git('archive', '--format=tar', commit) });
  install(folder);
  return folder;
}

function git(...args: readonly string[]): Buffer {
  return execFileSync('git', args, { cwd: projectFolder, maxBuffer: 256 * 1_048_576 });
}

/** The same lockfile means the same modules. */
function install(folder: string): void {
  const lock = (of: string) => readFileSync(join(of, 'package-lock.json'), 'utf8');
  if (lock(folder) === lock(projectFolder))
    symlinkSync(join(projectFolder, 'node_modules'), join(folder, 'node_modules'));
  else execFileSync('npm', ['ci'], { cwd: folder, stdio: 'inherit' });
}
