import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_MIN_VERSION, DEFAULT_MAX_VERSION, getCiphers } from 'node:tls';
import { readSources } from '../../scripts/house/source';

const src = readSources(['src']);
const startsOf = (file: string) => readFileSync(join(__dirname, '../..', file), 'utf8');

/** The files of src in which a text stands that must not be there. */
function filesWith(pattern: RegExp): readonly string[] {
  return src.filter(({ tree }) => pattern.test(tree.text)).map(({ path }) => path);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

describe('the runtime', () => {
  it('speaks TLS 1.2 and 1.3, and the code asks for nothing older', () => {
    expect([DEFAULT_MIN_VERSION, DEFAULT_MAX_VERSION]).toEqual(['TLSv1.2', 'TLSv1.3']);
    expect(getCiphers()).toContain('tls_aes_256_gcm_sha384');
    expect(filesWith(/minVersion|maxVersion|secureProtocol|ciphers\b|rejectUnauthorized/)).toEqual(
      [],
    );
  });

  it.each(['Dockerfile', 'docker-compose.yml', 'package.json'])(
    'is started without debugging and with all of its checks: %s',
    (file) => {
      expect(startsOf(file)).not.toMatch(
        /--inspect|--tls-min|NODE_TLS_REJECT|--insecure|NODE_DEBUG|DEBUG=|--expose-gc/,
      );
    },
  );
});

describe('the image', () => {
  it('holds what runs alone: no history, source or test', () => {
    const [, last = ''] = startsOf('Dockerfile').split('AS build');
    const copied = [...last.slice(last.indexOf('FROM ')).matchAll(/^COPY .*$/gm)].map(
      ([line]) => line,
    );

    expect(copied).toEqual([
      'COPY --from=build /app/package.json ./',
      'COPY --from=build /app/node_modules ./node_modules',
      'COPY --from=build /app/dist ./dist',
    ]);
    expect(last).toContain('\nUSER node\n');
  });
});

describe('the source', () => {
  it('carries out no text and no command', () => {
    expect(filesWith(/\beval\(|new Function\(|node:vm|\bexecSync|\bspawn\(|\bexec\(['"`]/)).toEqual(
      [],
    );
    expect(filesWith(/from 'node:child_process'/)).toEqual(['src/channels/rendering/children.ts']);
  });

  it('reaches MongoDB, Temporal, providers that an operator names and DNS alone', () => {
    const clients =
      /\bfetch\(|from '(?:undici|axios|got|node:https|node:tls|node:dgram|node:http2)'/;
    const packages = (name: string) => filesWith(new RegExp(`from '${name}'`)).map(folderOf);

    expect(filesWith(clients)).toEqual(['src/channels/http/ask-provider.ts']);
    expect(filesWith(/from 'node:dns/)).toEqual(['src/process/dns/txt-lookup.ts']);
    expect([...new Set(packages("nodemailer[^']*"))]).toEqual(['src/channels/email/smtp']);
    expect(new Set(packages('@temporalio/client'))).toEqual(new Set(['src/temporal']));
  });

  it('sends nobody to another address', () => {
    expect(filesWith(/\.redirect\(|'location'/i)).toEqual([]);
  });

  it('writes its log to stdout alone', () => {
    expect(
      filesWith(/createWriteStream|writeFile|appendFile|pino\.(?:destination|transport)/),
    ).toEqual(['src/process/failpoints/failpoint-orders.ts']);
  });

  it('hashes, signs and encrypts by the algorithms of the inventory alone', () => {
    const used = src.flatMap(({ tree }) => [
      ...tree.text.matchAll(/(?:createHash|createHmac|hkdfSync)\('([^']+)'/g),
    ]);

    expect(new Set(used.map(([, name]) => name))).toEqual(new Set(['sha256', 'sha1']));
    expect(filesWith(/aes-(?!256-gcm')|\bmd5\b|createCipher\(|pbkdf2|\bdes-/)).toEqual([]);
    expect(filesWith(/'sha1'/)).toEqual(['src/channels/sms/twilio-reports.ts']);
    expect(filesWith(/createHash\('sha1'/)).toEqual([]);
  });

  it('draws nothing that must not be guessed from Math.random', () => {
    expect(filesWith(/Math\.random/)).toEqual([
      'src/context.ts',
      'src/store/mongo/failures/try-again.ts',
    ]);
  });
});
