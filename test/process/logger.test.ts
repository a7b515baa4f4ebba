import { Writable } from 'node:stream';
import { createLogger } from '../../src/process/logger';

describe('logger', () => {
  it('keeps addresses and credentials out of the log', () => {
    const lines: string[] = [];
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    });

    createLogger({ level: 'info', name: 'api' }, sink).info(
      {
        email: 'ann@example.com',
        request: { headers: { authorization: 'Bearer k' } },
        step: 'nudge',
      },
      'sent',
    );

    expect(JSON.parse(lines.join(''))).toMatchObject({
      name: 'api',
      msg: 'sent',
      step: 'nudge',
      email: '[redacted]',
      request: { headers: { authorization: '[redacted]' } },
    });
  });
});
