import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** No script, style or frame anywhere; the unsubscribe page has one form. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
};

const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

/** Every answer runs nothing in a browser, and is kept nowhere. */
export const secureHeaders: readonly RequestHandler[] = [
  helmet({ contentSecurityPolicy }),
  noStore,
];
