import type { KeyObject } from 'node:crypto';
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { decrypt, encrypt } from '../../process/secrets/encryption';
import { pack, unpack, type Packing } from './pack';

export type PayloadKey = Readonly<{ id: string; secret: KeyObject }>;

/** The keys that payloads are encrypted under. */
export type PayloadKeys = Readonly<{
  /** The key for a payload of this workflow. Undefined stands for a payload of none. */
  forWriting(workflowId: string | undefined): Promise<PayloadKey>;
  /** The key that a payload names. Rejects where it is not to be had. */
  forReading(id: string): Promise<PayloadKey>;
}>;

const { Payload: wire } = temporal.api.common.v1;
const encoding = 'binary/encrypted';

/**
 * Compresses and encrypts each payload, so that Temporal and its database hold no plain text. The
 * metadata names the key. A payload that is not encrypted passes as it is, as recorded histories
 * need.
 */
export function createPayloadCodec(keys: PayloadKeys): PayloadCodec {
  return {
    encode: async (payloads, context) => {
      if (payloads.length === 0) return [];
      const key = await keys.forWriting(workflowOf(context));
      return Promise.all(payloads.map((payload) => encode(payload, key)));
    },
    decode: (payloads) => Promise.all(payloads.map((payload) => decode(payload, keys))),
  };
}

function workflowOf(context: SerializationContext | undefined): string | undefined {
  return context?.workflowId;
}

async function encode(payload: Payload, { id, secret }: PayloadKey): Promise<Payload> {
  const { packing, data } = await pack(wire.encode(payload).finish());
  return {
    metadata: {
      encoding: Buffer.from(encoding),
      'encryption-key-id': Buffer.from(id),
      compression: Buffer.from(packing),
    },
    data: encrypt(secret, labelOf(id, packing), data),
  };
}

async function decode(payload: Payload, keys: PayloadKeys): Promise<Payload> {
  if (textIn(payload, 'encoding') !== encoding) return payload;
  const id = textIn(payload, 'encryption-key-id');
  const packing: Packing = textIn(payload, 'compression') === 'deflate' ? 'deflate' : 'none';
  const { secret } = await keys.forReading(id);
  const data = decrypt(secret, labelOf(id, packing), payload.data ?? new Uint8Array());
  return wire.decode(await unpack({ packing, data }));
}

/** The metadata is readable, and must not be changed. */
function labelOf(id: string, packing: Packing): string {
  return [encoding, id, packing].join('\n');
}

function textIn({ metadata }: Payload, name: string): string {
  return Buffer.from(metadata?.[name] ?? []).toString('utf8');
}
