import type { ErrorRequestHandler } from 'express';
import { z } from 'zod';
import { DomainError, type DomainErrorCode } from '../../../core/domain-error';
import type { Logger } from '../../../process/logger';
import { problemOf, sendProblem, type Problem, type ProblemKind } from './problem';
import { requestIdOf } from '../request-id';

const kindOfCode = {
  'not-found': 'not-found',
  conflict: 'conflict',
  invalid: 'unprocessable',
  unavailable: 'unavailable',
} as const satisfies Record<DomainErrorCode, ProblemKind>;

/**
 * Turns whatever was thrown into a problem document, as the last handler. It cuts an answer that
 * has begun, and logs what is our fault.
 */
export function failure(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const problem = problemOfError(error);
    report(logger, { error, problem, requestId: requestIdOf(response) });
    if (response.headersSent) response.destroy();
    else sendProblem(response, problem);
  };
}

type Failed = Readonly<{ error: unknown; problem: Problem; requestId: string }>;

/** During an outage every request fails alike, so that its line is short. */
function report(logger: Logger, { error, problem, requestId }: Failed): void {
  if (problem.status === 503)
    logger.warn({ because: problem.detail, requestId }, 'Refused for now');
  else if (problem.status >= 500) logger.error({ err: error, requestId }, 'The request failed');
}

function problemOfError(error: unknown): Problem {
  if (error instanceof DomainError) {
    return problemOf(kindOfCode[error.code], error.message, error.faults);
  }
  const http = httpError.safeParse(error);
  if (http.success) return problemOfHttpError(http.data);
  return problemOf('internal', 'Something failed on our side; quote the request id to us.');
}

/** Express and its body parser throw these; a status below 500 is the client's doing. */
const httpError = z.object({
  status: z.int().min(400).max(499),
  type: z.string().optional(),
  message: z.string(),
  limit: z.number().optional(),
});

function problemOfHttpError({ type, status, message, limit }: z.output<typeof httpError>): Problem {
  switch (type) {
    case 'entity.parse.failed':
      return malformed(message);
    case 'entity.verify.failed':
      return problemOf(
        'unauthenticated',
        'The signature does not fit this body; sign it with the secret of this source.',
      );
    case 'entity.too.large':
      return problemOf(
        'too-large',
        `The body is larger than ${limit ?? 0} bytes; split it into several requests.`,
        [{ pointer: '', code: 'too-large', detail: `Send at most ${limit ?? 0} bytes` }],
      );
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return problemOf(
        'unsupported-media-type',
        'The body has an encoding we cannot read; send UTF-8, plain or by gzip, deflate or br.',
      );
    default:
      return status === 404
        ? problemOf('not-found', 'There is nothing here.')
        : problemOf(
            'malformed-body',
            'The request cannot be read; check its path, encoding and length.',
          );
  }
}

/** The parser's message may quote the body. Only the position is told, if there is one. */
function malformed(message: string): Problem {
  const position = /position (\d+)/.exec(message)?.[1];
  const where = position === undefined ? '' : ` from character ${position} on`;
  const detail = `The body is not JSON${where}; send one JSON object in UTF-8`;
  return problemOf('malformed-body', `${detail}.`, [
    { pointer: '', code: 'malformed-json', detail },
  ]);
}
