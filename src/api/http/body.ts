import express, { type Request, type RequestHandler, type Response } from 'express';
import { ownJson, type Reading } from './operation';
import { problemOf, type Problem } from './problems/problem';

/**
 * Reads the body into `request.body`, or says why its type cannot be read. Rejects as the parser
 * does.
 */
export type BodyReader = (request: Request, response: Response) => Promise<Problem | undefined>;

/** Reads JSON within the limits of an operation, compressed or not. */
export function createBodyReader(reading: Reading = ownJson): BodyReader {
  const { verify } = reading;
  const parser = express.json({
    limit: reading.limitBytes,
    type: reading.types === 'any' ? () => true : [...jsonTypes],
    ...(verify && {
      verify: ({ headers }, _response, rawBody) => {
        if (!verify({ headers, rawBody })) throw unsigned;
      },
    }),
  });
  return async (request, response) => {
    if (reading.types === 'json' && request.is([...jsonTypes]) === false) return wrongType;
    await passed(parser, request, response);
    return undefined;
  };
}

const unsigned = new Error('The signature of the request does not fit its body');

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
