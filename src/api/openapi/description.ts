import { documentOf } from './openapi';
import { openOperation, type OpenOperation } from '../http/operation';
import { objectSchema } from '../http/answers';
import { text } from '../http/reply';
import type { Route } from '../http/route';

/**
 * The operation that serves the OpenAPI document of a table. It is itself a part of that table. The
 * document is built once, at the first request.
 */
export function describe(routes: () => readonly Route[]): OpenOperation {
  let document: string | undefined;
  return openOperation({
    summary: 'This document',
    answers: { 200: { description: 'OpenAPI 3.1', schema: objectSchema } },
    handle: () => {
      document ??= JSON.stringify(documentOf(routes()));
      return text(200, 'application/json', document);
    },
  });
}
