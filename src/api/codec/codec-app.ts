import express, { type Express, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import type { Config } from '../../process/config';
import type { Logger } from '../../process/logger';
import { isSameKey, keyIn } from '../http/access/authentication';
import { secureHeaders } from '../http/access/secure-headers';
import { failure } from '../http/problems/failure';
import { problemOf, sendProblem } from '../http/problems/problem';
import { requestId, requestIdOf } from '../http/request-id';

/** A payload as Temporal's UI sends it, its bytes in base64. */
const payload = z.object({
  metadata: z.record(z.string(), z.base64()).default({}),
  data: z.base64().default(''),
});
const body = z.object({ payloads: z.array(payload).max(1_000) });
type Payloads = readonly z.output<typeof payload>[];

/** Makes payloads readable and unreadable. */
export type PayloadView = Readonly<{
  decode(payloads: Payloads): Promise<readonly unknown[]>;
  encode(payloads: Payloads): Promise<readonly unknown[]>;
}>;

type Parts = Readonly<{
  view: PayloadView;
  codec: Pick<NonNullable<Config['codec']>, 'key' | 'origin'>;
  logger: Logger;
}>;

/**
 * The codec server of Temporal's UI and CLI: `POST /codec/decode` and `/codec/encode`. It shows the
 * histories of every workspace, and so takes a key of its own. Each call leaves a line in the audit
 * log.
 */
export function createCodecApp({ view, codec, logger }: Parts): Express {
  const app = express().disable('x-powered-by').disable('etag').set('trust proxy', false);
  app.use(requestId, audited(logger), ...secureHeaders, fromUi(codec.origin), withKey(codec.key));
  const read = express.json({ limit: '8mb' });
  for (const [direction, turn] of turnsOf(view)) {
    app.post(`/codec/${direction}`, read, async (request, response) => {
      const found = body.safeParse(request.body);
      if (found.success) response.json({ payloads: await turn(found.data.payloads) });
      else refuse(response, 'invalid-request', 'Send {"payloads":[…]} as Temporal writes them.');
    });
  }
  app.use((_request, response) => {
    refuse(response, 'not-found', 'Send POST to /codec/decode or /codec/encode.');
  });
  return app.use(failure(logger));
}

function turnsOf(view: PayloadView) {
  return Object.entries({
    decode: (payloads: Payloads) => view.decode(payloads),
    encode: (payloads: Payloads) => view.encode(payloads),
  });
}

function audited(logger: Logger): RequestHandler {
  return ({ method, path }, response, next) => {
    response.once('finish', () => {
      if (method === 'OPTIONS') return;
      const { statusCode: status } = response;
      const route = `${method} ${path}`.slice(0, longestRoute);
      logger.info(
        { audit: { key: 'codec', route, status, requestId: requestIdOf(response) } },
        'audit',
      );
    });
    next();
  };
}

const longestRoute = 100;

/** A browser may ask from one origin only; programs such as Temporal's CLI send none. */
function fromUi(origin: string): RequestHandler {
  return (request, response, next) => {
    const from = request.get('origin');
    response.vary('Origin');
    if (from === undefined) {
      next();
      return;
    }
    if (from !== origin) {
      refuse(response, 'forbidden', 'Pages of this origin may not ask; see ITINERA_CODEC_ORIGIN.');
      return;
    }
    response.set({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Headers':
        'authorization, authorization-extras, content-type, x-namespace',
      'Access-Control-Allow-Methods': 'POST',
    });
    if (request.method === 'OPTIONS') response.status(204).end();
    else next();
  };
}

/** By the challenge a browser asks its user, whose name is the key. */
function withKey(key: string): RequestHandler {
  return (request, response, next) => {
    if (isSameKey(keyIn(request.get('authorization') ?? ''), key)) {
      next();
      return;
    }
    response.set('WWW-Authenticate', 'Basic realm="itinera codec", charset="UTF-8"');
    refuse(response, 'unauthenticated', 'Send ITINERA_CODEC_KEY as Bearer, or as a user name.');
  };
}

function refuse(response: Response, kind: Parameters<typeof problemOf>[0], detail: string): void {
  sendProblem(response, problemOf(kind, detail));
}
