/** The rights that a key of the API may be given. */
export const scopes = [
  'events:write',
  'journeys:read',
  'journeys:write',
  'contacts:read',
  'contacts:write',
  'ops:write',
  'admin',
] as const;
export type Scope = (typeof scopes)[number];
