import { once } from 'node:events';
import { connect } from 'node:net';

const limitMs = 2_000;

export async function answersHttp(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(limitMs) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

export async function answersTcp(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1', timeout: limitMs });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
