import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { parseConfig } from '../../src/process/config';
import { withFiles } from '../../src/process/secrets/secret-files';
import { connectTemporal } from '../../src/temporal/native-connection';
import { localServer } from '../support/processes/temporal';
import { createAuthority } from '../support/tls/certificates';
import { startTlsFront, type TlsFront } from '../support/tls/tls-front';

describe('Temporal behind TLS that asks for a client certificate', () => {
  const authority = createAuthority();
  const stranger = createAuthority();
  const worker = authority.issue('worker');
  const unknown = stranger.issue('worker');
  const given = {
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: authority.self.certFile,
    TEMPORAL_TLS_CLIENT_CERT_PATH: worker.certFile,
    TEMPORAL_TLS_CLIENT_KEY_PATH: worker.keyFile,
  };
  let server: TestWorkflowEnvironment;
  let front: TlsFront;

  beforeAll(async () => {
    server = await localServer();
    front = await startTlsFront(Number(server.address.split(':').at(-1)), authority);
  });

  afterAll(async () => {
    await front.close();
    await server.teardown();
    authority.forget();
    stranger.forget();
  });

  const describedOver = async (env: Readonly<Record<string, string>>, host = 'localhost') => {
    const variables = withFiles({ TEMPORAL_ADDRESS: `${host}:${front.port}`, ...env });
    const connection = await connectTemporal(parseConfig(variables).temporal);
    const { namespaceInfo } = await connection.workflowService.describeNamespace({
      namespace: 'default',
    });
    await connection.close();
    return namespaceInfo?.name;
  };

  it('is reached with the files that the environment names', async () => {
    expect(await describedOver(given)).toBe('default');
  });

  it('is reached by an address that its certificate does not name', async () => {
    const env = { ...given, TEMPORAL_TLS_SERVER_NAME: 'localhost' };

    expect(await describedOver(env, '127.0.0.1')).toBe('default');
  });

  it.each([
    ['without TLS', { TEMPORAL_TLS: 'false' }],
    [
      'without a client certificate',
      { ...given, ...{ TEMPORAL_TLS_CLIENT_CERT_PATH: '' }, TEMPORAL_TLS_CLIENT_KEY_PATH: '' },
    ],
    [
      'with the certificate of a stranger',
      {
        ...given,
        TEMPORAL_TLS_CLIENT_CERT_PATH: unknown.certFile,
        TEMPORAL_TLS_CLIENT_KEY_PATH: unknown.keyFile,
      },
    ],
    [
      'where its own is of a stranger',
      { ...given, TEMPORAL_TLS_SERVER_CA_CERT_PATH: stranger.self.certFile },
    ],
    ['where its own has another name', { ...given, TEMPORAL_TLS_SERVER_NAME: 'temporal' }],
  ])('attack 16: is not reached %s', async (_, env) => {
    await expect(describedOver(env)).rejects.toThrow();
  });
});
