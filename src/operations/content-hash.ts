import { createHash } from 'node:crypto';
import { canonicalJson } from '../core/json/canonical-json';
import type { Json } from '../core/json/json';

/** Equal for the same content, however its keys are ordered. */
export function contentHashOf(content: Json): string {
  return createHash('sha256').update(canonicalJson(content)).digest('base64url');
}
