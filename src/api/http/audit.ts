import type { RequestHandler, Response } from 'express';
import { Counter } from 'prom-client';
import type { ApiDependencies } from '../dependencies';
import { requestIdOf } from './request-id';
import type { Route } from './route';

/** The facts of a request that a line of the audit log names. */
type Audited = Readonly<{ route: Route; key?: string }>;

/** Notes the route of a request, for the audit. */
export function noteRoute({ locals }: Response, route: Route): void {
  const audited: Audited = { route };
  locals['audited'] = audited;
}

/** The route that was noted. Undefined where no route fits the request. */
export function routeNotedIn({ locals }: Response): Route | undefined {
  return auditedIn(locals)?.route;
}

/** Notes the key by which a request acts: its id, never the key itself. */
export function noteKey({ locals }: Response, key: string): void {
  const audited = auditedIn(locals);
  if (audited) locals['audited'] = { ...audited, key };
}

/**
 * Logs one line for each request that concerns access or a whole person. These are requests refused
 * for their key, changes of access, exports, erasures and interventions. The lines name ids and
 * patterns only.
 */
export function audit({
  logger,
  registry,
}: Pick<ApiDependencies, 'logger' | 'registry'>): RequestHandler {
  const lines = new Counter({
    name: 'itinera_audit_lines_total',
    help: 'Lines of the audit log',
    labelNames: ['route', 'status'],
    registers: [registry],
  });
  return (_request, response, next) => {
    response.once('finish', () => {
      const audited = auditedIn(response.locals);
      const { statusCode: status } = response;
      if (!audited || !isAudited(audited.route, status)) return;
      const { method, path } = audited.route;
      const route = `${method.toUpperCase()} ${path}`;
      lines.inc({ route, status });
      const key = audited.key ?? null;
      logger.info({ audit: { key, route, status, requestId: requestIdOf(response) } }, 'audit');
    });
    next();
  };
}

function isAudited(route: Route, status: number): boolean {
  if (status === 401 || status === 403) return true;
  if (route.access !== 'key') return false;
  const { scope, operation, method } = route;
  const changesAccess = scope === 'admin' && method !== 'get';
  return changesAccess || scope === 'ops:write' || operation.audited === true;
}

function auditedIn(locals: Response['locals']): Audited | undefined {
  return locals['audited'] as Audited | undefined;
}
