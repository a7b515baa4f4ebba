import type { RequestHandler, Response } from 'express';
import type { Admission } from '../admission/admission';

type Paced = Readonly<{ admission: Pick<Admission, 'turn'> }>;

/** Aborts once the client has gone, or has its answer. */
export function goneOf(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  return gone.signal;
}

/** Lets a request go on at the pace of those for which no key stands. */
export function withoutKey({ admission }: Paced): RequestHandler {
  return async (_request, response, next) => {
    if (await admission.turn('anonymous', goneOf(response))) next();
  };
}
