import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';

export type Packing = 'deflate' | 'none';
type Packed = Readonly<{ packing: Packing; data: Uint8Array }>;

/** Below this size a compression saves less than its own overhead. */
const worthwhileBytes = 256;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Compresses a payload where that makes it smaller. */
export async function pack(data: Uint8Array): Promise<Packed> {
  if (data.length < worthwhileBytes) return { packing: 'none', data };
  const smaller = await deflate(data);
  return smaller.length < data.length
    ? { packing: 'deflate', data: smaller }
    : { packing: 'none', data };
}

export async function unpack({ packing, data }: Packed): Promise<Uint8Array> {
  return packing === 'deflate' ? inflate(data) : data;
}
