import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

export type Post = (path: string, body: object) => Promise<void>;

const pauseMs = 200;

/**
 * A client with kept connections that does as little as it can. It sends again after a temporary
 * refusal; anything else fails the run.
 */
export function createPost(origin: string, apiKey: string, connections: number): Post {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const send = (path: string, text: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      };
      const sent = request(`${origin}${path}`, { method: 'POST', agent, headers }, (response) => {
        response.resume().once('end', () => {
          resolve(response.statusCode);
        });
      });
      sent.once('error', (error: NodeJS.ErrnoException) => {
        // The server may close a connection that has rested just as it is used again.
        if (error.code === 'ECONNRESET') resolve(503);
        else reject(error);
      });
      sent.end(text);
    });
  return async (path, body) => {
    const text = JSON.stringify(body);
    let status = await send(path, text);
    while (status === 503) {
      await pause(pauseMs);
      status = await send(path, text);
    }
    if (status !== 202) throw new Error(`POST ${path} was answered ${String(status)}`);
  };
}
