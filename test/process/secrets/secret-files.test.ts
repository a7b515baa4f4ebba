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

    expect(env).toMatchObject({ ITINERA_SECRET: 'from-the-file', PORT: '9000' });
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
