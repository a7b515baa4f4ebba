import { startStore } from '../../../dev/mongo/storage/store';
import type { DomainError } from '../../../src/core/domain-error';
import { createStore } from '../../../src/store/store';
import { sealing } from '../../support/sealing';
import { createAuthority } from '../../support/tls/certificates';
import { startTlsFront, type TlsFront } from '../../support/tls/tls-front';

describe('MongoDB behind TLS that asks for a client certificate', () => {
  const authority = createAuthority();
  const stranger = createAuthority();
  const own = authority.issue('itinera');
  const unknown = stranger.issue('itinera');
  const ca = { tlsCAFile: authority.self.certFile };
  let server: Awaited<ReturnType<typeof startStore>>;
  let front: TlsFront;

  beforeAll(async () => {
    server = await startStore({ port: 0 });
    front = await startTlsFront(Number(new URL(server.uri).port), authority);
  });

  afterAll(async () => {
    await front.close();
    await server.close();
    authority.forget();
    stranger.forget();
  });

  const pingOver = async (options: Readonly<Record<string, string>>, host = 'localhost') => {
    const query = new URLSearchParams({ directConnection: 'true', ...options });
    const store = createStore({
      uri: `mongodb://${host}:${front.port}/itinera?${query.toString()}`,
      sealing,
    });
    try {
      await store.connect();
      await store.ping();
    } finally {
      await store.close();
    }
  };

  const codeOver = (options: Readonly<Record<string, string>>, host?: string) =>
    pingOver(options, host).then(
      () => 'reached',
      (error: unknown) => (error as DomainError).code,
    );

  it('is reached with the files that the URI names', async () => {
    const options = { tls: 'true', ...ca, tlsCertificateKeyFile: own.bothFile };

    await expect(pingOver(options)).resolves.toBeUndefined();
  });

  it('attack 16: is not reached by anybody else', async () => {
    const [certificate, strange] = [own, unknown].map((one) => ({
      tlsCertificateKeyFile: one.bothFile,
    }));

    const [inClear, nameless, stranger, strangeServer, otherName] = await Promise.all([
      codeOver({ tls: 'false' }),
      codeOver({ tls: 'true', ...ca }),
      codeOver({ tls: 'true', ...ca, ...strange }),
      codeOver({ tls: 'true', tlsCAFile: unknown.certFile, ...certificate }),
      codeOver({ tls: 'true', ...ca, ...certificate }, '127.0.0.1'),
    ]);

    expect({ inClear, nameless, stranger, strangeServer, otherName }).toEqual({
      inClear: 'unavailable',
      nameless: 'unavailable',
      stranger: 'unavailable',
      strangeServer: 'unavailable',
      otherName: 'unavailable',
    });
  });
});
