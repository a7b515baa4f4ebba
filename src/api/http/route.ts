import type { Priority } from './admission/admission';
import type { ApiOperation, OpenOperation, SignedOperation } from './operation';
import type { Scope } from './scope';

export type Method = 'get' | 'put' | 'post' | 'delete';

/** A URL of the contract. `path` names its parameters as OpenAPI does, in braces. */
export type Route = KeyedRoute | SignedRoute | OpenRoute;

type Place = Readonly<{ method: Method; path: string }>;
export type KeyedRoute = Place & Readonly<{ access: 'key'; scope: Scope; operation: ApiOperation }>;
type OpenPriority = Exclude<Priority, 'events' | 'rest'>;
type OpenRoute = Place &
  Readonly<{ access: 'open'; priority: OpenPriority; operation: OpenOperation }>;

export type SignedRoute = Place & Readonly<{ access: 'signed'; operation: SignedOperation }>;

/** A URL that needs a key with this scope, or with `admin`. */
export function keyed(method: Method, path: string, scope: Scope, operation: ApiOperation): Route {
  return { method, path, access: 'key', scope, operation };
}

/** A URL for another system that signs its requests. The operation checks the signature itself. */
export function signed(method: Method, path: string, operation: SignedOperation): Route {
  return { method, path, access: 'signed', operation };
}

/** A URL that anybody may call, with little room of its own. */
export function open(method: Method, path: string, operation: OpenOperation): Route {
  return { method, path, access: 'open', priority: 'anonymous', operation };
}

/** A URL that anybody may call at any load. It must cost next to nothing. */
export function alwaysOpen(method: Method, path: string, operation: OpenOperation): Route {
  return { method, path, access: 'open', priority: 'always', operation };
}
