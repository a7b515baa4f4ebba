import { documentOf } from './openapi';
import { openOperation, type OpenOperation } from '../http/operation';
import { objectSchema } from '../http/answers';
import { text } from '../http/reply';
import type { Route } from '../http/route';

/** The text of the OpenAPI document of a table, built once: at the first call. */
export function documentOnce(routes: () => readonly Route[]): () => string {
  let document: string | undefined;
  return () => (document ??= JSON.stringify(documentOf(routes())));
}

/** The operation that serves the document. It is itself a part of it. */
export function describe(document: () => string): OpenOperation {
  return openOperation({
    summary: 'This document',
    answers: { 200: { description: 'OpenAPI 3.1', schema: objectSchema } },
    handle: () => text(200, 'application/json', document()),
  });
}
