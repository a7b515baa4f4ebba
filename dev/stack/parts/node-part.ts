import { join } from 'node:path';
import { projectFolder } from '../../project-folder';
import type { Part } from './part';

type NodePart = Readonly<{ main: string; args?: readonly string[] }> & Omit<Part, 'file' | 'args'>;

/** A part that runs `<main>/main.ts` in Node itself, so that its process id is the true one. */
export function nodePart({ main, args = [], ...part }: NodePart): Part {
  return {
    ...part,
    file: process.execPath,
    args: ['--import', 'tsx', join(projectFolder, main, 'main.ts'), ...args],
  };
}
