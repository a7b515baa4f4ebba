import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBinary, findTemporal, type Search } from '../../../dev/temporal/find';
import type { Release } from '../../../dev/temporal/release';
import { sha256, writeArchive, writeExecutable, writeWheel } from './packages';

const program = '#!/bin/sh\necho tool 1.0\n';

describe('finding a binary', () => {
  let folder: string;
  let publisher: Server;
  let downloads: number;
  let progress: string[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'itinera-find-'));
    downloads = 0;
    progress = [];
    publisher = createServer((request, response) => {
      const file = join(folder, 'published', request.url ?? '');
      response.statusCode = existsSync(file) ? 200 : 404;
      response.end(existsSync(file) ? readFileSync(file) : '');
      downloads += 1;
    });
    await new Promise<void>((resolve) => publisher.listen(0, '127.0.0.1', resolve));
  });

  afterEach(async () => {
    await new Promise((resolve) => publisher.close(resolve));
    rmSync(folder, { recursive: true });
  });

  const publisherUrl = () => `http://127.0.0.1:${(publisher.address() as AddressInfo).port}`;

  const release = (change: Partial<Release> = {}): Release => ({
    name: 'tool',
    version: '1.0',
    wheel: 'tool-bin',
    archives: publisherUrl(),
    builds: {
      'test-x64': {
        archive: 'tool.tar.gz',
        wheelHash: sha256('the wheel'),
        binaryHash: sha256(program),
      },
    },
    ...change,
  });

  const search = (change: Partial<Search> = {}): Search => ({
    cacheDir: join(folder, 'cache'),
    path: [join(folder, 'bin')],
    onProgress: (line) => progress.push(line),
    platform: 'test-x64',
    ...change,
  });

  const publish = (content = program) => {
    writeExecutable(join(folder, 'published'), 'placeholder', '');
    writeArchive(join(folder, 'published', 'tool.tar.gz'), 'tool', content);
  };

  const installPip = () => {
    const wheel = join(folder, 'tool_bin-1.0.whl');
    writeWheel(wheel, 'tool', program);
    const pinned = `grep -q 'tool-bin==1.0 --hash=sha256:${sha256('the wheel')}' "\${10}"`;
    writeExecutable(
      join(folder, 'bin'),
      'pip3',
      `#!/bin/sh\n${pinned} && [ "$6" = --require-hashes ] && cp '${wheel}' "$8"\n`,
    );
  };

  it('takes the one on PATH before any other', async () => {
    const installed = writeExecutable(join(folder, 'bin'), 'tool', 'anything');
    publish();

    const found = await findBinary(release(), search());

    expect(found).toBe(installed);
    expect(downloads).toBe(0);
  });

  it('takes the cached one before it fetches', async () => {
    const cached = writeExecutable(join(folder, 'cache'), 'tool-1.0-test-x64', program);
    publish();

    const found = await findBinary(release(), search());

    expect(found).toBe(cached);
    expect(downloads).toBe(0);
  });

  it("fetches the publisher's archive once, says so, and leaves nothing else in the cache", async () => {
    publish();

    const first = await findBinary(release(), search());
    const second = await findBinary(release(), search());

    expect(readFileSync(first, 'utf8')).toBe(program);
    expect(second).toBe(first);
    expect(downloads).toBe(1);
    expect(progress).toStrictEqual([
      "Fetching tool 1.0: the publisher's archive …",
      'Fetched tool 1.0',
    ]);
    expect(readdirSync(join(folder, 'cache'))).toStrictEqual(['tool-1.0-test-x64']);
  });

  it('goes on to the pinned wheel when there is no archive', async () => {
    installPip();

    const found = await findBinary(release(), search());

    expect(readFileSync(found, 'utf8')).toBe(program);
  });

  it('goes on to the wheel when the archive holds another program', async () => {
    publish('#!/bin/sh\necho tampered\n');
    installPip();

    const found = await findBinary(release(), search());

    expect(readFileSync(found, 'utf8')).toBe(program);
    expect(downloads).toBe(1);
  });

  it('serves several searches at once', async () => {
    publish();

    const found = await Promise.all([1, 2, 3].map(() => findBinary(release(), search())));

    expect(new Set(found).size).toBe(1);
    expect(readdirSync(join(folder, 'cache'))).toStrictEqual(['tool-1.0-test-x64']);
  });

  it('says all that was tried, and what helps, when the binary cannot be had', async () => {
    publish('tampered');

    const finding = findBinary(release(), search());

    await expect(finding).rejects.toMatchObject({
      code: 'unavailable',
      message: [
        'tool 1.0 cannot be had. Tried:',
        '  - "tool" is not on PATH',
        '  - it is not in the cache',
        `  - the publisher's archive: its SHA-256 is ${sha256('tampered')}, not ${sha256(program)}`,
        '  - the wheel by pip: neither pip3 nor pip is on PATH',
        "Install tool so that it is on PATH, or install Python's pip, or open the internet for this machine.",
      ].join('\n'),
    });
    expect(readdirSync(join(folder, 'cache'))).toStrictEqual([]);
  });

  it('does not guess on a platform without a pinned build', async () => {
    const finding = findTemporal(search({ platform: 'aix-ppc64' }));

    await expect(finding).rejects.toThrow('no build of it is pinned for aix-ppc64');
  });
});
