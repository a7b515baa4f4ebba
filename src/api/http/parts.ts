import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** Waits for a part; throws where it takes too long. */
type Pull = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** For how long a client may take in nothing before it is given up. */
const longestStallMs = 30_000;

/**
 * Sends an answer part by part. A part waits until the client has taken in most of those before. It
 * throws and cuts the connection when a part is not to be had, so that nobody takes half of an
 * answer for all of it. A client that hangs up ends it.
 */
export async function sendParts(
  response: Response,
  parts: AsyncIterable<string>,
  pull: Pull,
): Promise<void> {
  response.setTimeout(longestStallMs, () => response.destroy());
  try {
    await pipeline(pulled(parts, pull), response);
  } catch (error) {
    if (!isHangUp(error)) throw error;
  }
}

async function* pulled(parts: AsyncIterable<string>, pull: Pull): AsyncGenerator<string> {
  const iterator = parts[Symbol.asyncIterator]();
  for (;;) {
    const next = await pull(() => iterator.next());
    if (next.done) return;
    yield next.value;
  }
}

function isHangUp(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  return Reflect.get(error, 'code') === 'ERR_STREAM_PREMATURE_CLOSE';
}
