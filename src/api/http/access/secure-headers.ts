import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** No script, style or frame anywhere; the pages behind links have forms. */
const directives = {
  defaultSrc: ["'none'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

/** The policy of a page that has one style. `styleDigest` is such as `sha256-…`. */
export function policyWith({ styleDigest }: Readonly<{ styleDigest: string }>): string {
  const all = { ...directives, styleSrc: [`'${styleDigest}'`] };
  const written = Object.entries(all).map(
    ([name, values]) =>
      `${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${values.join(' ')}`,
  );
  return written.join(';');
}

const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

/** Every answer runs nothing in a browser, and is kept nowhere. */
export const secureHeaders: readonly RequestHandler[] = [
  helmet({ contentSecurityPolicy: { useDefaults: false, directives } }),
  noStore,
];
