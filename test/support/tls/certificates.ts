import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The paths of a certificate, of its key, and of both in one file as MongoDB's driver reads it. */
export type Certificate = Readonly<{
  certFile: string;
  keyFile: string;
  bothFile: string;
  cert: string;
  key: string;
}>;

export type Authority = Readonly<{
  self: Certificate;
  /** A certificate of this authority for a server or client of that name. */
  issue: (name: string) => Certificate;
  forget: () => void;
}>;

/** A certificate authority of its own, by OpenSSL 3. */
export function createAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'itinera-certificates-'));
  const self = certify(folder, 'authority', ['-addext', 'basicConstraints=critical,CA:TRUE']);
  return {
    self,
    issue: (name) =>
      certify(folder, name, [
        ...['-CA', self.certFile, '-CAkey', self.keyFile],
        ...['-addext', `subjectAltName=DNS:${name}`],
        ...['-addext', 'basicConstraints=critical,CA:FALSE'],
      ]),
    forget: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

function certify(folder: string, name: string, how: readonly string[]): Certificate {
  const [certFile, keyFile, bothFile] = ['crt', 'key', 'pem'].map((end) =>
    join(folder, `${name}.${end}`),
  ) as [string, string, string];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-noenc', '-days', '2', '-subj', `/CN=${name}`],
      ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
      ...['-out', certFile, '-keyout', keyFile, ...how],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const [cert, key] = [certFile, keyFile].map((file) => readFileSync(file, 'utf8')) as [
    string,
    string,
  ];
  writeFileSync(bothFile, `${cert}${key}`);
  return { certFile, keyFile, bothFile, cert, key };
}
