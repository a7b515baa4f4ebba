import { createHash, createHmac } from 'node:crypto';
import { eventKey, type EventKey, type WorkspaceId } from '../../core/ids';
import { canonicalJson } from '../../core/json/canonical-json';
import type { Json } from '../../core/json/json';
import { base32 } from '../../process/base32';

/** Our id of a client's event. The same id in the same workspace is the same event. */
export function eventKeyOf(workspace: WorkspaceId, id: string): EventKey {
  return keyFrom(`${workspace}\n${id}`);
}

/**
 * Our id of an event of the engine's own. The text begins with an empty line, so no id of a client
 * leads to the same key.
 */
export function engineKeyOf(workspace: WorkspaceId, id: string): EventKey {
  return keyFrom(`\n${workspace}\n${id}`);
}

function keyFrom(text: string): EventKey {
  return eventKey(`e${base32(createHash('sha256').update(text).digest(), 25)}`);
}

/** Stands for the key of an enrollment in its id. A key may be personal. */
export function tagOf(tagKey: Uint8Array, workspace: WorkspaceId, key: string): string {
  return base32(createHmac('sha256', tagKey).update(`${workspace}\n${key}`).digest(), 10);
}

/** Two messages with the same id are the same message only if these agree. */
export function fingerprintOf(parts: Json): string {
  return createHash('sha256').update(canonicalJson(parts)).digest('base64url');
}
