type Given = Readonly<{
  postgresPort: number;
  user: string;
  databases: Readonly<{ temporal: string; visibility: string }>;
  /** A gRPC and a membership port for each service, the frontend's first. */
  rpc: readonly number[];
  /** The file of the throttles. */
  dynamic: string;
}>;

const services = ['frontend', 'matching', 'history', 'worker'] as const;

/** As the server's own development-postgres12.yaml has it; JSON is YAML. */
export function serverConfig({ postgresPort, user, databases, rpc, dynamic }: Given): object {
  const sqlStore = (databaseName: string, maxConns: number) => ({
    sql: {
      pluginName: 'postgres12',
      databaseName,
      connectAddr: `127.0.0.1:${postgresPort}`,
      connectProtocol: 'tcp',
      user,
      password: user,
      maxConns,
      maxIdleConns: maxConns,
      maxConnLifetime: '1h',
    },
  });
  return {
    log: { stdout: true, level: 'error' },
    persistence: {
      defaultStore: 'main',
      visibilityStore: 'visibility',
      numHistoryShards: 16,
      datastores: {
        main: sqlStore(databases.temporal, 40),
        visibility: sqlStore(databases.visibility, 10),
      },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: Object.fromEntries(
      services.map((name, n) => [
        name,
        { rpc: { grpcPort: rpc[2 * n], membershipPort: rpc[2 * n + 1], bindOnLocalHost: true } },
      ]),
    ),
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `127.0.0.1:${rpc[0]}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: dynamic, pollInterval: '60s' },
  };
}

const unthrottled = 100_000;
const rates = [
  'frontend.rps',
  'frontend.namespaceRPS',
  'frontend.namespaceCount',
  'history.rps',
  'matching.rps',
  'frontend.persistenceMaxQPS',
  'history.persistenceMaxQPS',
  'matching.persistenceMaxQPS',
];

/** Nothing but the machine is to be the limit. */
export const throttles = Object.fromEntries(rates.map((name) => [name, [{ value: unthrottled }]]));
