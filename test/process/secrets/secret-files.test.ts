import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withFiles } from '../../../src/process/secrets/secret-files';

describe('secrets in files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'itinera-secrets-'));
  const path = join(folder, 'secret');

  beforeAll(() => {
    writeFileSync(path, 'from-the-file\n');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('are read, without the newline at their end', () => {
    const env = withFiles({ ITINERA_SECRET_FILE: path, PORT: '9000' });

    expect(env).toEqual({ ITINERA_SECRET: 'from-the-file', PORT: '9000' });
  });

  it.each([
    ['MONGODB_URI_FILE', 'MONGODB_URI'],
    ['EMAIL_URL_FILE', 'EMAIL_URL'],
    ['SMS_URL_FILE', 'SMS_URL'],
    ['WHATSAPP_URL_FILE', 'WHATSAPP_URL'],
    ['EMAIL_WEBHOOK_SECRET_FILE', 'EMAIL_WEBHOOK_SECRET'],
    ['WHATSAPP_WEBHOOK_SECRET_FILE', 'WHATSAPP_WEBHOOK_SECRET'],
    ['SMTP_URL_FILE', 'SMTP_URL'],
    ['TEMPORAL_API_KEY_FILE', 'TEMPORAL_API_KEY'],
    ['TEMPORAL_TLS_CLIENT_CERT_PATH', 'TEMPORAL_TLS_CLIENT_CERT_DATA'],
    ['TEMPORAL_TLS_CLIENT_KEY_PATH', 'TEMPORAL_TLS_CLIENT_KEY_DATA'],
    ['TEMPORAL_TLS_SERVER_CA_CERT_PATH', 'TEMPORAL_TLS_SERVER_CA_CERT_DATA'],
  ])('%s is read into %s', (file, name) => {
    expect(withFiles({ [file]: path })).toEqual({ [name]: 'from-the-file' });
  });

  it('can be read by a child process once more', () => {
    const inherited = withFiles({ ITINERA_SECRET_FILE: path });

    expect(withFiles(inherited)).toEqual({ ITINERA_SECRET: 'from-the-file' });
  });

  it('change nothing where none is named', () => {
    expect(withFiles({ ITINERA_SECRET: 'given' })).toEqual({ ITINERA_SECRET: 'given' });
  });

  it('do not stand beside the variable itself', () => {
    const both = { ITINERA_SECRET_FILE: path, ITINERA_SECRET: 'given' };

    expect(() => withFiles(both)).toThrow('Give ITINERA_SECRET or ITINERA_SECRET_FILE, not both');
  });

  it('stop the start where they cannot be read', () => {
    const env = { ITINERA_KEY_RING_FILE: join(folder, 'missing') };

    expect(() => withFiles(env)).toThrow(/^ITINERA_KEY_RING_FILE: .*give its path$/);
  });
});
