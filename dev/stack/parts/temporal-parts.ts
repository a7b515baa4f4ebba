import type { ConnectionOptions } from '@temporalio/client';
import { tlsOptionsOf } from '../../../src/temporal/tls-options';
import { join } from 'node:path';
import type { DevConfig } from '../../../src/process/config';
import { DomainError } from '../../../src/core/domain-error';
import { cacheFolder } from '../../project-folder';
import { findTemporal } from '../../temporal/find';
import { devServerArgs, servesTemporal } from '../../temporal/server';
import { hiddenAddress, type HiddenAddress } from '../../guard/hidden-address';
import { nodePart } from './node-part';
import type { Part } from './part';
import type { Ports } from '../processes/ports';
import { answersHttp, answersTcp } from '../processes/probes';

type Wishes = Readonly<{
  config: DevConfig;
  stateDir: string;
  ports: Ports;
  log: (line: string) => void;
}>;

/**
 * The development server and the guard of its UI; nothing where TEMPORAL_ADDRESS names a server,
 * which must then answer.
 */
export async function temporalParts({
  config,
  stateDir,
  ports,
  log,
}: Wishes): Promise<readonly Part[]> {
  const { codecPort, temporalAddress, temporalNamespace: namespace } = config;
  if (temporalAddress !== undefined) {
    if (await servesTemporal(connectionOf(temporalAddress, config), namespace)) return [];
    throw new DomainError(
      'unavailable',
      `TEMPORAL_ADDRESS: no Temporal server with a namespace "${namespace}" answers at ${temporalAddress}. Start it, or unset the variable to have a development server.`,
    );
  }
  const { cacheDir = cacheFolder, path, inherited: env } = config;
  const file = await findTemporal({ cacheDir: join(cacheDir, 'temporal'), path, onProgress: log });
  const { temporal: port } = ports;
  const address = `127.0.0.1:${port}`;
  const ui = await hiddenAddress();
  const server: Part = {
    name: 'temporal',
    file,
    args: devServerArgs({
      port,
      ui,
      namespace,
      dbFile: join(stateDir, 'temporal.db'),
      codecPort,
    }),
    env,
    isReady: async () => (await answersTcp(port)) && servesTemporal({ address }, namespace),
  };
  return [server, guardPart(ports.temporalUi, ui, env)];
}

function connectionOf(address: string, config: DevConfig): ConnectionOptions {
  const { temporalApiKey: apiKey, temporalTls: tls } = config;
  return {
    address,
    ...(apiKey !== undefined && { apiKey }),
    tls: tls === undefined ? false : tlsOptionsOf(tls),
  };
}

function guardPart(port: number, behind: HiddenAddress, env: Part['env']): Part {
  return nodePart({
    isIdle: true,
    name: 'temporal-ui',
    main: 'dev/guard',
    args: [
      ...['--port', String(port)],
      ...['--to-host', behind.host, '--to-port', String(behind.port)],
    ],
    env,
    isReady: () => answersHttp(`http://127.0.0.1:${port}/healthz`),
  });
}
