import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DevConfig } from '../../../src/process/config';
import { findOnPath } from '../../on-path';
import { nodePart } from './node-part';
import type { Part } from './part';
import { answersTcp } from '../processes/probes';

type Wishes = Readonly<{ config: DevConfig; stateDir: string; port: number }>;

/**
 * `mongod` where it is installed, else the embedded stand-in; nothing where MONGODB_URI names a
 * database.
 */
export async function storePart({ config, stateDir, port }: Wishes): Promise<Part | undefined> {
  if (config.mongodbUri !== undefined) return undefined;
  const isReady = () => answersTcp(port);
  const mongod = await findOnPath('mongod', config.path);
  if (mongod === undefined) {
    const args = ['--port', String(port), '--file', join(stateDir, 'store.log')];
    return nodePart({ name: 'store', main: 'dev/mongo', args, env: config.inherited, isReady });
  }
  const dbPath = join(stateDir, 'mongodb');
  await mkdir(dbPath, { recursive: true });
  const logPath = join(stateDir, 'mongod.log');
  return {
    name: 'store',
    file: mongod,
    args: [
      ...['--bind_ip', '127.0.0.1', '--port', String(port), '--dbpath', dbPath],
      ...['--logpath', logPath, '--logappend'],
    ],
    env: config.inherited,
    isReady,
  };
}
