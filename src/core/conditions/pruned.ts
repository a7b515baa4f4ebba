import { pick } from './fact-at';
import type { FactPath } from './condition';
import { isJsonObject, type JsonObject } from '../json/json';

/** The properties of an event that some paths read. Nothing else travels to Temporal. */
export function prunedTo(properties: JsonObject, paths: readonly FactPath[]): JsonObject {
  const kept = pick({ properties }, paths)['properties'];
  return isJsonObject(kept) ? kept : {};
}
