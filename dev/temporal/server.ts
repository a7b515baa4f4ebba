import { Connection, type ConnectionOptions } from '@temporalio/client';
import { registerSearchAttributes, searchAttributeArgs } from './search-attributes';

export type DevServer = Readonly<{
  port: number;
  /** Where the web UI listens, which answers everybody who asks. */
  ui: Readonly<{ host: string; port: number }>;
  namespace: string;
  /**
   * Keeps workflows and timers over restarts. Two servers on one file both run: lock its folder.
   */
  dbFile: string;
  /** The codec server that the web UI asks. */
  codecPort?: number | undefined;
}>;

/** The setting by which workspaces take turns in the backlog of a queue. */
export const fairness = 'matching.enableFairness';

/**
 * Arguments of the `temporal` binary for a server with web UI that knows our search attributes. Its
 * HTTP API, which would serve any web site, serves nobody. Its log survives `kill -9`; a loss of
 * power may take the last moments.
 */
export function devServerArgs({
  port,
  ui,
  namespace,
  dbFile,
  codecPort,
}: DevServer): readonly string[] {
  return [
    ...['server', 'start-dev', '--headless=false', '--log-level', 'error'],
    ...['--ip', '127.0.0.1', '--port', String(port)],
    ...['--ui-ip', ui.host, '--ui-port', String(ui.port)],
    ...['--dynamic-config-value', 'frontend.httpAllowedHosts=["nobody.invalid"]'],
    ...['--dynamic-config-value', `${fairness}=true`],
    ...['--namespace', namespace, '--db-filename', dbFile],
    ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=normal'],
    ...(codecPort === undefined
      ? []
      : ['--ui-codec-endpoint', `http://127.0.0.1:${codecPort}/codec`]),
    ...searchAttributeArgs,
  ];
}

/**
 * Whether the server answers and the namespace has our search attributes; it registers those that
 * are missing.
 */
export async function servesTemporal(
  options: ConnectionOptions,
  namespace: string,
): Promise<boolean> {
  try {
    const connection = await Connection.connect({ connectTimeout: '2s', ...options });
    await registerSearchAttributes(connection.operatorService, namespace).finally(() =>
      connection.close(),
    );
    return true;
  } catch {
    return false;
  }
}
