import { Router, type Request, type Response } from 'express';
import { authenticate } from './authentication';
import { createBodyReader, type BodyReader } from './body';
import type { ApiDependencies } from './dependencies';
import type { RawCall } from './operation';
import { problemOf, sendProblem } from './problem';
import type { Reply } from './reply';
import type { Route } from './route';

/** The router of a route table: authentication, body, operation, answer. */
export function mount(routes: readonly Route[], deps: ApiDependencies): Router {
  const router = Router({ caseSensitive: true });
  for (const route of routes) {
    const { body, reading } = route.operation;
    const readBody = body ? createBodyReader(reading) : undefined;
    router[route.method](expressPathOf(route), async (request, response) => {
      response.locals['route'] = route.path;
      await serve({ route, readBody, deps }, request, response);
    });
  }
  for (const [path, allowed] of methodsByPath(routes)) {
    router.all(path, (request, response) => {
      const detail = `${request.method} is not possible here; use ${allowed}.`;
      response.set('Allow', allowed);
      sendProblem(response, problemOf('method-not-allowed', detail));
    });
  }
  return router;
}

type Serving = Readonly<{
  route: Route;
  readBody: BodyReader | undefined;
  deps: ApiDependencies;
}>;

async function serve(
  { route, readBody, deps }: Serving,
  request: Request,
  response: Response,
): Promise<void> {
  if (route.access === 'open') {
    send(response, await route.operation.run(rawCallOf(request), {}, deps));
    return;
  }
  const authenticated = await authenticate(request, route.scope, deps);
  if (authenticated.kind === 'problem') {
    if (authenticated.problem.status === 401) response.set('WWW-Authenticate', challenge);
    sendProblem(response, authenticated.problem);
    return;
  }
  const unread = await readBody?.(request, response);
  if (unread) {
    sendProblem(response, unread);
    return;
  }
  send(response, await route.operation.run(rawCallOf(request), authenticated.caller, deps));
}

const challenge = 'Bearer realm="itinera"';

function rawCallOf({ params, query, headers, body }: Request): RawCall {
  return { params, query, headers, body: body as unknown };
}

function send(response: Response, reply: Reply): void {
  switch (reply.kind) {
    case 'json':
      response.status(reply.status).set(reply.headers).json(reply.body);
      return;
    case 'text':
      response.status(reply.status).type(reply.type).send(reply.text);
      return;
    case 'problem':
      sendProblem(response, reply.problem);
      return;
  }
}

function expressPathOf({ path }: Route): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function methodsByPath(routes: readonly Route[]): ReadonlyMap<string, string> {
  const byPath = new Map<string, string>();
  for (const route of routes) {
    const path = expressPathOf(route);
    const before = byPath.get(path);
    byPath.set(path, [before, route.method.toUpperCase()].filter(Boolean).join(', '));
  }
  return byPath;
}
