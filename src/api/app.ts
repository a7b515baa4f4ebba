import express, { type Express, type RequestHandler } from 'express';
import type { AppDependencies } from './dependencies';
import { createPartsUp } from './health/parts-up';
import { failure } from './http/problems/failure';
import { secureHeaders } from './http/access/secure-headers';
import { withoutKey } from './http/access/without-key';
import { audit } from './http/audit';
import { observe } from './http/observe';
import { mount } from './http/mount';
import { drawPause, problemOf, sendProblem } from './http/problems/problem';
import { requestId } from './http/request-id';
import { routes } from './routes';

/** The HTTP API over its dependencies; it listens to nothing by itself. */
export function createApp(given: AppDependencies): Express {
  const deps = { ...given, partsUp: createPartsUp(given) };
  const app = express();
  app
    .disable('x-powered-by')
    .disable('etag')
    .set('query parser', 'simple')
    .set('trust proxy', false);
  app.use(
    requestId,
    drawPause(deps.random),
    observe(deps),
    audit(deps),
    ...secureHeaders,
    oneHost(deps),
    mount(routes, deps),
  );
  app.use(withoutKey(deps), (request, response) => {
    const detail = `There is nothing at ${request.method} of this path; see /openapi.json.`;
    sendProblem(response, problemOf('not-found', detail));
  });
  app.use(failure(deps.logger));
  return app;
}

/** A proxy may have believed the other one (RFC 9112, section 3.2). */
function oneHost(deps: AppDependencies): RequestHandler {
  const refuse = withoutKey(deps);
  return (request, response, next) => {
    const names = request.rawHeaders.filter((_text, place) => place % 2 === 0);
    const hosts = names.filter((name) => name.toLowerCase() === 'host');
    if (hosts.length < 2) {
      next();
      return undefined;
    }
    return refuse(request, response, () => {
      sendProblem(response, problemOf('invalid-request', 'Send one Host header, not several.'));
    });
  };
}
