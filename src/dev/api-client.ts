import type { z } from 'zod';
import { DomainError } from '../journeys/domain-error';

export type ApiAddress = Readonly<{ api: string; apiKey: string }>;

/** A running api as its users reach it: over HTTP. Throws DomainError `unavailable` that names the call and why it failed. */
export type ApiClient = Readonly<{
  get: <Schema extends z.ZodType>(path: string, schema: Schema) => Promise<z.output<Schema>>;
  put: (path: string, body: unknown) => Promise<void>;
}>;

const limitMs = 30_000;

export function createApiClient({ api, apiKey }: ApiAddress): ApiClient {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(new URL(path, api), {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(limitMs),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw failed(`${method} ${path}`, `no answer (${String(error)})`);
    });
    if (response.ok) return response.json();
    throw failed(`${method} ${path}`, `${response.status} ${await response.text()}`);
  };
  return {
    get: async (path, schema) => schema.parse(await call('GET', path)),
    put: async (path, body) => {
      await call('PUT', path, body);
    },
  };
}

function failed(call: string, why: string): DomainError {
  return new DomainError('unavailable', `${call} failed: ${why}`);
}
