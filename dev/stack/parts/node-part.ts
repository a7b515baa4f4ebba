import { join } from 'node:path';
import { projectFolder } from '../../project-folder';
import type { Part } from './part';

type NodePart = Readonly<{
  main: string;
  args?: readonly string[];
  /** It has little to do. So its garbage may be collected often. */
  isIdle?: true;
}> &
  Omit<Part, 'file' | 'args'>;

/** Keeps the young generation small. A busy process would pay for it by a third of its CPU. */
export const thrifty = '--max-semi-space-size=1';

/** A part that runs `<main>/main.ts` in Node itself, so that its process id is the true one. */
export function nodePart({ main, args = [], isIdle, ...part }: NodePart): Part {
  return {
    ...part,
    file: process.execPath,
    args: [
      ...(isIdle ? [thrifty] : []),
      '--import',
      'tsx',
      join(projectFolder, main, 'main.ts'),
      ...args,
    ],
  };
}
