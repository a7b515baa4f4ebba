import { join } from 'node:path';
import type { DevConfig } from '../../../src/process/config';
import { DomainError } from '../../../src/core/domain-error';
import { cacheFolder } from '../../project-folder';
import { findTemporal } from '../../temporal/find';
import { devServerArgs, servesTemporal } from '../../temporal/server';
import type { Part } from './part';
import type { Ports } from '../processes/ports';
import { answersTcp } from '../processes/probes';

type Wishes = Readonly<{
  config: DevConfig;
  stateDir: string;
  ports: Ports;
  log: (line: string) => void;
}>;

/**
 * The development server; nothing where TEMPORAL_ADDRESS names a server, which must then answer.
 */
export async function temporalPart({
  config,
  stateDir,
  ports,
  log,
}: Wishes): Promise<Part | undefined> {
  const { codecPort, temporalAddress, temporalApiKey, temporalNamespace: namespace } = config;
  if (temporalAddress !== undefined) {
    const key = temporalApiKey === undefined ? {} : { apiKey: temporalApiKey };
    if (await servesTemporal({ address: temporalAddress, ...key }, namespace)) return undefined;
    throw new DomainError(
      'unavailable',
      `TEMPORAL_ADDRESS: no Temporal server with a namespace "${namespace}" answers at ${temporalAddress}. Start it, or unset the variable to have a development server.`,
    );
  }
  const { cacheDir = cacheFolder, path, inherited: env } = config;
  const file = await findTemporal({ cacheDir: join(cacheDir, 'temporal'), path, onProgress: log });
  const { temporal: port, temporalUi: uiPort } = ports;
  const address = `127.0.0.1:${port}`;
  return {
    name: 'temporal',
    file,
    args: devServerArgs({
      port,
      uiPort,
      namespace,
      dbFile: join(stateDir, 'temporal.db'),
      codecPort,
    }),
    env,
    isReady: async () => (await answersTcp(port)) && servesTemporal({ address }, namespace),
  };
}
