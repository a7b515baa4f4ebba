import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';

const header = 'X-Request-Id';
const sane = /^[\w.:-]{1,128}$/;

/**
 * Gives every answer a request id. It is the client's if that is harmless to log, else a new one.
 */
export const requestId: RequestHandler = (request, response, next) => {
  const given = request.get(header);
  response.set(header, given !== undefined && sane.test(given) ? given : randomUUID());
  next();
};

export function requestIdOf(response: Response): string {
  return String(response.getHeader(header));
}
