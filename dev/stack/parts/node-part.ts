import { join } from 'node:path';
import { projectFolder } from '../../project-folder';
import type { Part } from './part';

type NodePart = Readonly<{ main: string; args?: readonly string[] }> & Omit<Part, 'file' | 'args'>;

/** Keeps the young generation small: a process at rest else holds garbage for long. */
const thrifty = '--max-semi-space-size=1';

/** A part that runs `<main>/main.ts` in Node itself, so that its process id is the true one. */
export function nodePart({ main, args = [], ...part }: NodePart): Part {
  return {
    ...part,
    file: process.execPath,
    args: [thrifty, '--import', 'tsx', join(projectFolder, main, 'main.ts'), ...args],
  };
}
