import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { documentOf, problemOf, type Problem } from './problem';

/**
 * Answers what the parser of HTTP could not read, and closes the connection. Nothing is said where
 * an answer is on its way already.
 */
export function refuseUnreadable(
  { code }: NodeJS.ErrnoException,
  { socket, isAnswering }: Readonly<{ socket: Duplex; isAnswering: boolean }>,
): void {
  if (code === 'ECONNRESET' || isAnswering || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = problems[code ?? ''] ?? malformed;
  const body = documentOf(problem, randomUUID());
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
      'Connection: close',
      'Cache-Control: no-store',
      'X-Content-Type-Options: nosniff',
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}

const malformed = problemOf('malformed-request', 'The request is not valid HTTP.');

/** By the code of the parser's error. */
const problems: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: problemOf(
    'headers-too-large',
    'The address and the headers together are longer than 16 KiB; send shorter ones.',
  ),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: problemOf(
    'too-large',
    'The extensions of the chunks are longer than 16 KiB; leave them out.',
  ),
  ERR_HTTP_REQUEST_TIMEOUT: problemOf('too-slow', 'The request came too slowly; send it faster.'),
};
