import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { workspaceId, type WorkspaceId } from '../../../core/ids';
import type { ApiDependencies } from '../../dependencies';
import type { Caller } from '../operation';
import { problemOf, type Problem } from '../problems/problem';
import type { Scope } from '../scope';
import { lacking } from './personal';

type Authenticated =
  | Readonly<{ kind: 'caller'; caller: Caller; keyId: string; keyHash: string }>
  | Readonly<{ kind: 'problem'; problem: Problem; keyId?: string }>;

/** The only form in which a key is stored or looked up. */
export function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/**
 * Finds the caller by the key in `Authorization`. It comes as Bearer, or as the user name of Basic.
 */
export async function authenticate(
  request: Request,
  scope: Scope,
  deps: ApiDependencies,
): Promise<Authenticated> {
  const key = keyIn(request.get('authorization') ?? '');
  if (key === undefined)
    return unauthenticated('Send the API key as "Authorization: Bearer <key>"');
  const keyHash = hashOf(key);
  const grant = await grantOf(keyHash, deps);
  if (!grant) return unauthenticated('The API key is unknown or revoked; send one that is valid');
  const workspace = await deps.callers.workspaces.of(grant.workspace);
  if (!workspace) {
    const detail = 'The store is still being prepared; try again in a moment.';
    return { kind: 'problem', problem: problemOf('unavailable', detail) };
  }
  const may = (asked: Scope) => grant.scopes.includes(asked) || grant.scopes.includes('admin');
  if (!may(scope)) return { kind: 'problem', problem: lacking(scope), keyId: grant.id };
  return {
    kind: 'caller',
    caller: { workspace, keyName: grant.name, may },
    keyId: grant.id,
    keyHash,
  };
}

/** Compares in a time that says nothing about the key. */
export function isSameKey(given: string | undefined, key: string): boolean {
  return given !== undefined && isSameHash(hashOf(given), hashOf(key));
}

function isSameHash(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

const bearer = /^Bearer +(\S+)$/i;
const basic = /^Basic +([A-Za-z0-9+/=_-]+)$/i;

/** The key in a header `Authorization`: a Bearer token, or the user name of Basic. */
export function keyIn(authorization: string): string | undefined {
  const token = bearer.exec(authorization)?.[1];
  if (token !== undefined) return token;
  const encoded = basic.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  const [user = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return user === '' ? undefined : user;
}

type Grant = Readonly<{
  id: string;
  workspace: WorkspaceId;
  name: string;
  scopes: readonly string[];
}>;

/** The bootstrap key is known without the store. */
async function grantOf(
  hash: string,
  { adminKeyHash, callers, clock }: ApiDependencies,
): Promise<Grant | undefined> {
  if (adminKeyHash !== undefined && isSameHash(hash, adminKeyHash)) {
    const id = 'bootstrap';
    return { id, workspace: workspaceId('default'), name: id, scopes: ['admin'] };
  }
  const key = await callers.keys.of(hash);
  return key?.expiresAt !== undefined && key.expiresAt <= clock.now() ? undefined : key;
}

function unauthenticated(remedy: string): Authenticated {
  return { kind: 'problem', problem: problemOf('unauthenticated', `${remedy}.`) };
}
