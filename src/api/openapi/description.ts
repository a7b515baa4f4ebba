import { documentOf } from './openapi';
import { openOperation, type OpenOperation } from '../http/operation';
import { objectSchema } from '../http/answers';
import { json } from '../http/reply';
import type { Route } from '../http/route';

/** The operation that serves the OpenAPI document of a table, of which it is itself a part. */
export function describe(routes: () => readonly Route[]): OpenOperation {
  return openOperation({
    summary: 'This document',
    answers: { 200: { description: 'OpenAPI 3.1', schema: objectSchema } },
    handle: () => json(200, documentOf(routes())),
  });
}
