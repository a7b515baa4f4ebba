import { parseConfig } from '../../../src/process/config';
import { createAuthority } from '../../support/tls/certificates';

describe('TLS of Temporal', () => {
  const authority = createAuthority();
  const worker = authority.issue('worker');
  const other = authority.issue('other');

  afterAll(() => {
    authority.forget();
  });

  const tlsOf = (env: Readonly<Record<string, string>>) => parseConfig(env).temporal.tls;

  it('is off with nothing set', () => {
    expect(tlsOf({})).toBeUndefined();
  });

  it.each([
    [{ TEMPORAL_TLS: 'true' }],
    [{ TEMPORAL_TLS: '1' }],
    [{ TEMPORAL_API_KEY: 'key' }],
    [{ TEMPORAL_TLS_SERVER_NAME: 'temporal.example.com' }],
    [{ TEMPORAL_TLS_SERVER_CA_CERT_DATA: authority.self.cert }],
  ])('is on with %j', (env) => {
    expect(tlsOf(env)).toBeDefined();
  });

  it('may be off where an API key stays on this machine', () => {
    expect(tlsOf({ TEMPORAL_API_KEY: 'key', TEMPORAL_TLS: 'false' })).toBeUndefined();
  });

  it.each([
    [
      'an API key in clear text to another machine',
      'TEMPORAL_TLS',
      { TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_API_KEY: 'key', TEMPORAL_TLS: 'false' },
    ],
    [
      'a server name without TLS',
      'TEMPORAL_TLS',
      { TEMPORAL_TLS: 'false', TEMPORAL_TLS_SERVER_NAME: 'temporal' },
    ],
    ['a word for TLS', 'TEMPORAL_TLS', { TEMPORAL_TLS: 'yes' }],
    [
      'a certificate without its key',
      'TEMPORAL_TLS_CLIENT_KEY_DATA',
      { TEMPORAL_TLS_CLIENT_CERT_DATA: worker.cert },
    ],
    [
      'a key without its certificate',
      'TEMPORAL_TLS_CLIENT_KEY_DATA',
      { TEMPORAL_TLS_CLIENT_KEY_DATA: worker.key },
    ],
    [
      'the key of another certificate',
      'TEMPORAL_TLS_CLIENT_KEY_DATA',
      {
        TEMPORAL_TLS_CLIENT_CERT_DATA: worker.cert,
        TEMPORAL_TLS_CLIENT_KEY_DATA: other.key,
      },
    ],
    [
      'a certificate that is none',
      'TEMPORAL_TLS_SERVER_CA_CERT_DATA',
      { TEMPORAL_TLS_SERVER_CA_CERT_DATA: worker.key },
    ],
    [
      'a server that is not verified',
      'TEMPORAL_TLS_DISABLE_HOST_VERIFICATION',
      { TEMPORAL_TLS_DISABLE_HOST_VERIFICATION: 'true' },
    ],
  ])('attack 16: stops the start with %s', (_, variable, env) => {
    expect(() => parseConfig(env)).toThrow(new RegExp(`^${variable}: `, 'm'));
  });
});
