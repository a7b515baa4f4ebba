import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

export function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

export function writeExecutable(folder: string, name: string, content: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, content, { mode: 0o755 });
  return path;
}

/** A `.tar.gz` with one program in a folder of its own, as publishers make them. */
export function writeArchive(path: string, program: string, content: string): void {
  const folder = `${path}.content`;
  writeExecutable(join(folder, 'release'), program, content);
  execFileSync('tar', ['-czf', path, '-C', folder, 'release']);
}

/** A wheel with one program among its scripts. */
export function writeWheel(path: string, program: string, content: string): void {
  const name = Buffer.from(`pkg-1.0.data/scripts/${program}`);
  const packed = deflateRawSync(content);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, packed]);
  const entry = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\x00', 'latin1'),
    common,
    Buffer.alloc(14),
    name,
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  writeFileSync(path, Buffer.concat([local, entry, end]));
}
