import { installLibrary } from '../../dev/install-library';
import { openRecordingServer } from './recording-server';

describe('the library of a development stack', () => {
  it('is published over HTTP: workspace, then templates, then journeys', async () => {
    const server = await openRecordingServer(() => ({ status: 201, body: {} }));

    await installLibrary({ api: server.api, apiKey: 'dev' });
    await server.close();

    const paths = server.received.map(({ method, url }) => `${method ?? ''} ${url ?? ''}`);
    expect(paths.at(0)).toBe('PUT /v1/workspace');
    expect(paths.at(1)).toBe('PUT /v1/templates/cart-recovery-first');
    expect(paths.slice(-3)).toStrictEqual([
      'PUT /v1/journeys/cart-recovery',
      'PUT /v1/journeys/welcome-nurture',
      'PUT /v1/journeys/review-request',
    ]);
    expect(server.received[0]).toMatchObject({
      authorization: 'Bearer dev',
      body: { zone: 'Europe/Rome', currency: 'EUR' },
    });
  });

  it('names what was refused, and why', async () => {
    const server = await openRecordingServer(({ url }) => ({
      status: url === '/v1/journeys/cart-recovery' ? 422 : 200,
      body: { detail: 'Step "nudge" leads nowhere' },
    }));

    const installing = installLibrary({ api: server.api, apiKey: 'dev' });

    await expect(installing).rejects.toThrow(
      /PUT \/v1\/journeys\/cart-recovery failed: 422 .*Step \\"nudge\\" leads nowhere/,
    );
    await server.close();
  });

  it('names the call that nobody answers', async () => {
    const installing = installLibrary({ api: 'http://127.0.0.1:1', apiKey: 'dev' });

    await expect(installing).rejects.toThrow('PUT /v1/workspace failed: no answer');
  });
});
