import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DevConfig } from '../../src/process/config';
import { installLibrary } from '../install-library';
import { startStack, type Stack } from '../stack/start';
import { dropDatabase } from './own-database';
import { present } from './present';
import type { Screen } from './screen';
import { createStackLog } from './watch/stack-log';
import { hours, mondayAtTen } from './watch/virtual-time';

type Demo = Readonly<{
  config: DevConfig;
  screen: Screen;
  /** Resolves when the stack may go. */
  afterwards: () => Promise<void>;
  signal: AbortSignal;
}>;

const timeScale = 3600;
/** Virtual time in which the stack comes up before the shop opens. */
const lead = hours(9);
const longest = hours(4 * 24);

/**
 * Runs the play on a stack of its own and tells whether the mailbox received what it must. Leaves
 * nothing behind.
 */
export async function runDemo({ config, screen, afterwards, signal }: Demo): Promise<boolean> {
  const stateDir = await mkdtemp(join(tmpdir(), 'itinera-demo-'));
  const { log, latest } = createStackLog(screen.say);
  const opening = mondayAtTen(Date.now() - longest);
  let stack: Stack | undefined;
  let isAsExpected = false;
  try {
    screen.say('Starting Temporal, store, mailbox, worker and api …');
    stack = await startStack({
      ...{ stateDir, config, log, signal },
      ...{ ports: 'any', timeScale, virtualOrigin: opening - lead, prepare: installLibrary },
    });
    isAsExpected = await present(stack.facts, { opening, screen, signal });
    await afterwards();
  } finally {
    if (!isAsExpected && !signal.aborted) screen.say(latest().join('\n'));
    await stack?.stop();
    if (config.mongodbUri !== undefined) await dropDatabase(config.mongodbUri);
    await rm(stateDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
  return isAsExpected;
}
