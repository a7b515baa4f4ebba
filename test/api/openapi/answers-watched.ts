import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { problemSchema } from '../../../src/api/http/answers';
import { routeNotedIn } from '../../../src/api/http/audit';
import type { Route } from '../../../src/api/http/route';
import { documentOf } from '../../../src/api/openapi/openapi';
import { routes } from '../../../src/api/routes';

type Answer = Readonly<{ route: Route; status: number; type: string; text: string }>;
type Noted = Parameters<typeof routeNotedIn>[0];

/**
 * The same app, with every answer compared with the document. Its status is described, and so is
 * its body. What a test breaks on purpose is answered 500.
 */
export function watchAnswers(
  app: RequestListener,
): Readonly<{ app: RequestListener; mismatches: readonly string[] }> {
  const mismatches: string[] = [];
  const watched = (request: IncomingMessage, response: ServerResponse) => {
    const text = textOf(response);
    response.once('finish', () => {
      const route = routeNotedIn(response as Noted);
      const status = response.statusCode;
      if (!route || status === 500 || request.method === 'HEAD') return;
      const type = String(response.getHeader('content-type') ?? '');
      const mismatch = mismatchIn({ route, status, type, text: text() });
      if (mismatch !== undefined) mismatches.push(`${route.method} ${route.path} ${mismatch}`);
    });
    app(request, response);
  };
  return { app: watched, mismatches };
}

function textOf(response: ServerResponse): () => string {
  const chunks: string[] = [];
  const keep = (chunk: unknown) => {
    if (typeof chunk === 'string' || Buffer.isBuffer(chunk)) chunks.push(chunk.toString());
  };
  const write = response.write.bind(response) as (...given: unknown[]) => boolean;
  const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse;
  response.write = (...given: unknown[]) => {
    keep(given[0]);
    return write(...given);
  };
  response.end = (...given: unknown[]) => {
    keep(given[0]);
    return end(...given);
  };
  return () => chunks.join('');
}

function mismatchIn({ route, status, type, text }: Answer): string | undefined {
  const described = statusesOf(route);
  if (!described.includes(String(status))) return `answers ${status}, which is not described`;
  const schema = type.startsWith('application/problem+json')
    ? problemSchema
    : route.operation.answers[status]?.schema;
  const body: unknown = type.includes('json') ? JSON.parse(text) : text;
  const error = status === 204 ? undefined : schema?.safeParse(body).error;
  return error && `answers ${status} with another body: ${error.message}`;
}

const { paths } = documentOf(routes);

function statusesOf({ method, path }: Route): readonly string[] {
  return Object.keys(paths?.[path]?.[method]?.responses ?? {});
}
