import type { Payload, PayloadCodec } from '@temporalio/common';
import { DomainError } from '../../core/domain-error';

/** A payload as Temporal's JSON writes it, its bytes in base64. */
type Written = Readonly<{ metadata?: Readonly<Record<string, string>>; data?: string }>;

/**
 * Decodes and encodes for people, such as for Temporal's UI. A payload that can never be decoded is
 * answered as a text that says why, so that the others are seen.
 */
export function viewPayloads(codecs: readonly PayloadCodec[]) {
  return {
    encode: async (payloads: readonly Written[]): Promise<readonly Written[]> => {
      let encoded = payloads.map(read);
      for (const codec of codecs) encoded = await codec.encode(encoded);
      return encoded.map(write);
    },
    decode: async (payloads: readonly Written[]): Promise<readonly Written[]> =>
      Promise.all(payloads.map(async (payload) => write(await decoded(codecs, read(payload))))),
  };
}

async function decoded(codecs: readonly PayloadCodec[], payload: Payload): Promise<Payload> {
  try {
    let found = payload;
    for (const codec of codecs.toReversed()) [found = payload] = await codec.decode([found]);
    return found;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === 'unavailable') throw error;
    const metadata = { encoding: Buffer.from('json/plain') };
    return { metadata, data: Buffer.from(JSON.stringify(error.message)) };
  }
}

function read({ metadata = {}, data = '' }: Written): Payload {
  const entries = Object.entries(metadata).map(([name, text]) => [name, bytesOf(text)] as const);
  return { metadata: Object.fromEntries(entries), data: bytesOf(data) };
}

function write({ metadata, data }: Payload): Written {
  const entries = Object.entries(metadata ?? {}).map(
    ([name, bytes]) => [name, textOf(bytes)] as const,
  );
  return { metadata: Object.fromEntries(entries), data: textOf(data ?? new Uint8Array()) };
}

const bytesOf = (text: string) => Buffer.from(text, 'base64');
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
