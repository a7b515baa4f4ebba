import { once } from 'node:events';
import { connect } from 'node:net';
import express from 'express';
import { createBodyReader } from '../../../../src/api/http/body/body';
import { ownJson } from '../../../../src/api/http/operation';
import { sendProblem } from '../../../../src/api/http/problems/problem';
import { serve } from '../../../../src/api/http/server';

const host = '127.0.0.1';

describe('a body', () => {
  it('that never ends is answered 408, and its connection is closed', async () => {
    const readBody = createBodyReader(ownJson, { graceMs: 20, bytesPerSecond: 1e6 });
    const app = express().post('/', async (request, response) => {
      const read = await readBody(request, response);
      if ('status' in read) sendProblem(response, read);
    });
    const server = await serve(app, { port: 0, host });
    const socket = connect(server.port, host);

    socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n');
    socket.write('Content-Length: 100\r\n\r\n{"name":');
    const answer: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => answer.push(chunk));
    await once(socket, 'close');

    expect(Buffer.concat(answer).toString()).toMatch(
      /^HTTP\/1.1 408 .*urn:itinera:problem:too-slow/s,
    );
    await server.close(10);
  });
});
