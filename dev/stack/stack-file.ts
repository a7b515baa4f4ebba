import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { VirtualClock } from '../../src/core/time/clock';
import { readJson, writeJson } from './json-file';

/**
 * Where the parts of a running stack are. A part that the stack did not start has no web page of
 * ours.
 */
export type Addresses = Readonly<{
  api: string;
  apiMetrics: string;
  temporal: string;
  temporalUi: string | null;
  mailbox: string | null;
  email: string;
  sms: string;
  whatsapp: string;
  mongodb: string;
}>;

/** What `stack.json` says of a running stack: enough to use it, to break it and to end it. */
export type StackFile = Addresses &
  Readonly<{
    apiKey: string;
    clock: VirtualClock;
    /** Process ids by part, and `stack` itself. */
    processes: Readonly<Record<string, number>>;
    /**
     * The arguments of each part, by which its process is told from another that took over its id.
     */
    commands: Readonly<Record<string, string>>;
  }>;

const stackFile = z.object({
  api: z.string(),
  apiMetrics: z.string(),
  temporal: z.string(),
  temporalUi: z.string().nullable(),
  mailbox: z.string().nullable(),
  email: z.string(),
  sms: z.string(),
  whatsapp: z.string(),
  mongodb: z.string(),
  apiKey: z.string(),
  clock: z.object({ realOrigin: z.number(), virtualOrigin: z.number(), scale: z.number() }),
  processes: z.record(z.string(), z.number()),
  commands: z.record(z.string(), z.string()),
}) satisfies z.ZodType<StackFile>;

const pathIn = (stateDir: string) => join(stateDir, 'stack.json');

/** Undefined when no stack runs on that folder, and none was killed there. */
export function readStackFile(stateDir: string): StackFile | undefined {
  return stackFile.optional().parse(readJson(pathIn(stateDir)));
}

export function writeStackFile(stateDir: string, content: StackFile): void {
  writeJson(pathIn(stateDir), content);
}

export function removeStackFile(stateDir: string): void {
  rmSync(pathIn(stateDir), { force: true });
}
