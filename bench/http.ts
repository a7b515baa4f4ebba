import { Agent, request } from 'node:http';

export type Post = (path: string, body: object) => Promise<void>;

/** A client with kept connections that does as little as it can; anything but 202 fails the run. */
export function createPost(origin: string, apiKey: string, connections: number): Post {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return (path, body) =>
    new Promise((resolve, reject) => {
      const text = JSON.stringify(body);
      const headers = {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      };
      const sent = request(`${origin}${path}`, { method: 'POST', agent, headers }, (response) => {
        response.resume().once('end', () => {
          if (response.statusCode === 202) resolve();
          else reject(new Error(`POST ${path} was answered ${String(response.statusCode)}`));
        });
      });
      sent.once('error', reject).end(text);
    });
}
