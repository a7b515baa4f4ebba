import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectFolder } from '../../project-folder';
import { thrifty } from '../parts/node-part';

/**
 * Starts a process that ends the parts of this stack if the stack itself dies. `dismiss` ends it,
 * and resolves when it is gone.
 */
export function startWarden(stateDir: string): Readonly<{ dismiss: () => Promise<void> }> {
  const main = join(projectFolder, 'dev/stack/warden/main.ts');
  const args = [thrifty, '--import', 'tsx', main, stateDir, String(process.pid)];
  const child = spawn(process.execPath, args, {
    cwd: projectFolder,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const ended = once(child, 'close').catch(() => undefined);
  return {
    dismiss: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
