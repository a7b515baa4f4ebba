import type { Payload } from '@temporalio/common';

/** Every payload below a message of Temporal's protocol, however deep. */
export function payloadsIn(message: unknown): readonly Payload[] {
  if (typeof message !== 'object' || message === null || message instanceof Uint8Array) return [];
  if (isPayload(message)) return [message];
  return Object.values(message).flatMap(payloadsIn);
}

function isPayload(message: object): message is Payload {
  return 'metadata' in message && 'data' in message && message.data instanceof Uint8Array;
}

/** As Temporal's UI sends them to a codec server. */
export function writtenOf({ metadata, data }: Payload) {
  const fields = Object.entries(metadata ?? {}).map(([name, bytes]) => [name, base64(bytes)]);
  return {
    metadata: Object.fromEntries(fields) as Record<string, string>,
    data: base64(data ?? new Uint8Array()),
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
