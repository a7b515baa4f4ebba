import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { DomainError, type DomainErrorCode } from '../src/core/domain-error';

export type ApiAddress = Readonly<{ api: string; apiKey: string }>;

/**
 * A running api as its users reach it: over HTTP. Throws DomainError that names the call and why it
 * failed.
 */
export type ApiClient = Readonly<{
  get: <Schema extends z.ZodType>(path: string, schema: Schema) => Promise<z.output<Schema>>;
  put: (path: string, body: unknown) => Promise<void>;
}>;

const limitMs = 30_000;
const patienceMs = 20_000;
const pauseMs = 250;

export function createApiClient({ api, apiKey }: ApiAddress): ApiClient {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(new URL(path, api), {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(limitMs),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw failed('unavailable', `${method} ${path}`, `no answer (${String(error)})`);
    });
    if (response.ok) return response.json();
    const code = response.status >= 500 ? 'unavailable' : 'invalid';
    throw failed(code, `${method} ${path}`, `${response.status} ${await response.text()}`);
  };
  return {
    get: async (path, schema) => schema.parse(await call('GET', path)),
    put: (path, body) => patiently(() => call('PUT', path, body)),
  };
}

/** A put may be repeated, so one that meets an api that is just coming back is. */
async function patiently(put: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      await put();
      return;
    } catch (error) {
      const isPassing = error instanceof DomainError && error.code === 'unavailable';
      if (!isPassing || Date.now() > deadline) throw error;
      await pause(pauseMs);
    }
  }
}

function failed(code: DomainErrorCode, call: string, why: string): DomainError {
  return new DomainError(code, `${call} failed: ${why}`);
}
