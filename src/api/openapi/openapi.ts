import {
  OpenApiGeneratorV31,
  OpenAPIRegistry,
  type ResponseConfig,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi';
import type { z } from 'zod';
import { conditionFormat } from '../../core/conditions/condition.schema';
import { jsonFormat } from '../../core/json/json.schema';
import { mayBeAbsent, type Answer } from '../http/operation';
import { idempotencyHeaders } from '../http/access/idempotency';
import type { Route } from '../http/route';
import { merged, refusalsOf, type Responses } from './refusals';

type Document = ReturnType<OpenApiGeneratorV31['generateDocument']>;

/** The OpenAPI 3.1 document of a route table. The router is built from the same table. */
export function documentOf(routes: readonly Route[]): Document {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  registry.registerComponent('securitySchemes', 'basic', {
    type: 'http',
    scheme: 'basic',
    description: 'The key as user name, as Segment clients send it',
  });
  registry.registerComponent('schemas', 'Condition', conditionFormat as object);
  registry.registerComponent('schemas', 'Json', jsonFormat as object);
  for (const route of routes) registry.registerPath(pathConfigOf(route));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Itinera',
      version: '1',
      description:
        'Durable customer journeys. Errors are RFC 9457 problem documents: 400 says that the request does not fit this document ' +
        '(or holds JSON that cannot be kept: numbers that JavaScript would round, more than 20 levels or 30,000 values), ' +
        '422 that it fits and breaks a rule that JSON Schema cannot say. Instants are ISO 8601 with offset; ' +
        'lists are `{ data, nextCursor }`. Every answer carries `X-Request-Id`.',
    },
  });
}

function pathConfigOf(route: Route): RouteConfig {
  const { method, path, operation } = route;
  return {
    method,
    path,
    operationId: operationIdOf(route),
    tags: [tagOf(path)],
    summary: operation.summary,
    description: descriptionOf(route),
    security: route.access === 'key' ? [{ bearer: [] }, { basic: [] }] : [],
    request: requestOf(operation),
    responses: responsesOf(route),
  };
}

function descriptionOf(route: Route): string {
  const { description = '' } = route.operation;
  if (route.access !== 'key') return description;
  return [description, `Scope: \`${route.scope}\`.`].filter(Boolean).join('\n\n');
}

function requestOf({
  params,
  query,
  headers,
  body,
  bodyDocument,
  idempotent,
}: Route['operation']): NonNullable<RouteConfig['request']> {
  const schema = bodyDocument ?? body;
  return {
    ...(params && { params }),
    ...(query && { query }),
    ...(headers && { headers }),
    ...(idempotent && { headers: idempotencyHeaders.extend(headers?.shape ?? {}) }),
    ...(schema && { body: { required: !mayBeAbsent(schema), content: jsonOf(schema) } }),
  };
}

function jsonOf(schema: z.ZodType) {
  return { 'application/json': { schema } };
}

function responsesOf(route: Route): Responses {
  const answers = Object.entries(route.operation.answers).map(([status, answer]) => [
    status,
    responseOf(answer),
  ]);
  return merged(Object.fromEntries(answers) as Responses, refusalsOf(route));
}

function responseOf({ description, schema, type = 'application/json' }: Answer): ResponseConfig {
  return schema ? { description, content: { [type]: { schema } } } : { description };
}

/** Such as `get-v1-journeys-journeyId`. */
function operationIdOf({ method, path }: Route): string {
  return `${method}${path.replaceAll(/[{}]/g, '').replaceAll(/[/.]/g, '-')}`;
}

function tagOf(path: string): string {
  return /^\/v1\/([a-z]+)/.exec(path)?.[1] ?? 'service';
}
