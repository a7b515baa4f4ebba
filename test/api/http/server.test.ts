import express from 'express';
import { serve } from '../../../src/api/http/server';

const host = '127.0.0.1';

describe('the server', () => {
  it('finishes what is under way before it is closed, and takes nothing more', async () => {
    const app = express();
    const started = new Promise<() => void>((resolve) => {
      app.get('/slow', (_request, response) => {
        resolve(() => response.send('done'));
      });
    });
    const server = await serve(app, { port: 0, host });
    const url = `http://${host}:${server.port}/slow`;

    const answering = fetch(url);
    const finish = await started;
    const closing = server.close(10_000);
    const refused = await fetch(url).catch((error: unknown) => error);
    finish();

    const answer = await answering;
    await closing;
    expect(await answer.text()).toBe('done');
    expect(refused).toHaveProperty('message', 'fetch failed');
  });

  it('ends what takes longer than the grace', async () => {
    const app = express();
    const started = new Promise<void>((resolve) => {
      app.get('/never', () => {
        resolve();
      });
    });
    const server = await serve(app, { port: 0, host });

    const answering = fetch(`http://${host}:${server.port}/never`).catch((error: unknown) => error);
    await started;
    await server.close(10);

    expect(await answering).toHaveProperty('message', 'fetch failed');
  });

  it('says when its port is taken', async () => {
    const first = await serve(express(), { port: 0, host });

    const second = serve(express(), { port: first.port, host });

    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.close(10);
  });
});
