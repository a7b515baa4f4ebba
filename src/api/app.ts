import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { ApiDependencies } from './dependencies';
import { failure } from './failure';
import { observe } from './observe';
import { mount } from './mount';
import { drawPause, problemOf, sendProblem } from './problem';
import { requestId } from './request-id';
import { routes } from './routes';

/** The HTTP API over its dependencies; it listens to nothing by itself. */
export function createApp(deps: ApiDependencies): Express {
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
    helmet({ contentSecurityPolicy }),
    noStore,
    mount(routes, deps),
  );
  app.use((request, response) => {
    const detail = `There is nothing at ${request.method} of this path; see /openapi.json.`;
    sendProblem(response, problemOf('not-found', detail));
  });
  app.use(failure(deps.logger));
  return app;
}

/** No script, style or frame anywhere; the unsubscribe page has one form. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: { defaultSrc: ["'none'"], formAction: ["'self'"], frameAncestors: ["'none'"] },
};

const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};
