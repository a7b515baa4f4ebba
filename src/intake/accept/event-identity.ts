import { createHash, createHmac } from 'node:crypto';
import { eventKey, type EventKey, type WorkspaceId } from '../../core/ids';
import { isJsonObject, type Json } from '../../core/json/json';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** Our id of a client's event: the same id in the same workspace is the same event. */
export function eventKeyOf(workspace: WorkspaceId, id: string): EventKey {
  return eventKey(`e${base32(createHash('sha256').update(`${workspace}\n${id}`).digest(), 25)}`);
}

/** Stands for the key of an enrollment in its id, since a key may be personal. */
export function tagOf(secret: string, workspace: WorkspaceId, key: string): string {
  return base32(createHmac('sha256', secret).update(`${workspace}\n${key}`).digest(), 10);
}

/** Two messages with the same id are the same message only if these agree. */
export function fingerprintOf(parts: Json): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(parts)))
    .digest('base64url');
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, child]) => [name, sorted(child)]));
}

export function base32(bytes: Uint8Array, length: number): string {
  let bits = 0;
  let buffer = 0;
  let text = '';
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5 && text.length < length) {
      bits -= 5;
      text += alphabet[(buffer >> bits) & 31] ?? '';
    }
  }
  return text;
}
