import express, { type Request, type RequestHandler, type Response } from 'express';
import { ownJson, type Reading } from '../operation';
import { problemOf, type Problem } from '../problems/problem';
import { readJson, type Rounded } from './read-json';

/**
 * Reads the body into `request.body`. Answers how many bytes it had uncompressed, and how many
 * items, or why the body cannot be read. Rejects as the parser does.
 */
export type BodyReader = (
  request: Request,
  response: Response,
) => Promise<Readonly<{ bytes: number; items: number }> | Problem>;

/** The time a body has: `graceMs`, and a second more for every `bytesPerSecond`. */
export type Pace = Readonly<{ graceMs: number; bytesPerSecond: number }>;

const leastPace: Pace = { graceMs: 5_000, bytesPerSecond: 32 * 1_024 };

/** Reads JSON in UTF-8 within limits of size and time, compressed or not. */
export function createBodyReader(reading: Reading = ownJson, pace: Pace = leastPace): BodyReader {
  const { verify, rounded = 'refused' } = reading;
  const parser = express.raw({
    limit: reading.limitBytes,
    type: reading.types === 'any' ? () => true : [...jsonTypes],
    ...(verify && {
      verify: ({ headers }, _response, rawBody) => {
        if (!verify({ headers, rawBody })) throw unsigned;
      },
    }),
  });
  return async (request, response) => {
    const length = Number(request.get('content-length') ?? reading.limitBytes);
    const isTyped = reading.types === 'any' || (reading.mayBeAbsent === true && length === 0);
    if (!isTyped && request.is([...jsonTypes]) === false) return wrongType;
    const limitMs = pace.graceMs + (length / pace.bytesPerSecond) * 1_000;
    const isInTime = await within(limitMs, () => passed(parser, request, response));
    if (!isInTime) return tooSlow(response);
    const bytes: unknown = request.body;
    if (bytes instanceof Uint8Array) {
      request.body = reading.isRaw ? bytes : parsed(bytes, rounded);
      return { bytes: bytes.length, items: itemsOf(request.body, reading.itemsIn) };
    }
    if (reading.mayBeAbsent === true) request.body = absent(request, verify);
    return { bytes: 0, items: 1 };
  };
}

function itemsOf(body: unknown, field: string | undefined): number {
  if (field === undefined || typeof body !== 'object' || body === null) return 1;
  const items: unknown = Reflect.get(body, field);
  return Array.isArray(items) ? items.length : 1;
}

/** A body that was not sent has no fields. The sender must be authentic all the same. */
function absent({ headers }: Request, verify: Reading['verify']): object {
  if (verify && !verify({ headers, rawBody: new Uint8Array() })) throw unsigned;
  return {};
}

/** Says whether the work ended in time. Late work ends with its connection. */
async function within(limitMs: number, work: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, limitMs, false);
  });
  const inTime = work().then(() => true as const);
  return Promise.race([inTime, late]).finally(() => {
    clearTimeout(timer);
  });
}

/** Answers, and closes a connection whose body would go on for ever. */
function tooSlow(response: Response): Problem {
  response.set('Connection', 'close');
  return problemOf('too-slow', 'The body came too slowly; send it faster, or in smaller parts.');
}

const utf8 = new TextDecoder();

/** An empty body has no fields. */
function parsed(bytes: Uint8Array, rounded: Rounded): unknown {
  if (bytes.length === 0) return {};
  try {
    return readJson(utf8.decode(bytes), rounded);
  } catch (error) {
    throw error instanceof SyntaxError ? malformed(error) : error;
  }
}

/** As the body parser says it, so that the answer is the same. */
function malformed({ message }: SyntaxError): Error {
  return Object.assign(new Error(message), { status: 400, type: 'entity.parse.failed' });
}

const unsigned = Object.assign(new Error('The signature of the request does not fit its body'), {
  status: 403,
  type: 'entity.verify.failed',
});

const jsonTypes = ['application/json', 'application/*+json'] as const;

const wrongType = problemOf(
  'unsupported-media-type',
  'The body is not declared as JSON; send "Content-Type: application/json".',
);

function passed(handler: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void handler(request, response, (error?: unknown) => {
      if (error instanceof Error) reject(error);
      else resolve();
    });
  });
}
