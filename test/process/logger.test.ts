import { hostname } from 'node:os';
import { Writable } from 'node:stream';
import { DomainError } from '../../src/core/domain-error';
import { createLogger } from '../../src/process/logger';

describe('logger', () => {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });

  beforeEach(() => {
    lines.length = 0;
  });

  it('keeps addresses and credentials out of the log', () => {
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

  it('fault 6: logs an error by class, code and place, in no words of others', () => {
    const cause = Object.assign(new TypeError('by <ann@example.com>'), { code: 'ECONNRESET' });
    const err = Object.assign(new Error('450 <ann@example.com> is greylisted', { cause }), {
      response: 'ann@example.com',
    });

    createLogger({ level: 'info', name: 'worker' }, sink).warn({ err }, 'Trouble');

    expect(lines.join('')).not.toContain('ann@example.com');
    expect(JSON.parse(lines.join(''))).toMatchObject({
      err: {
        message: 'Error < TypeError ECONNRESET',
        kinds: ['Error', 'TypeError ECONNRESET'],
      },
    });
    expect(lines.join('')).toContain('logger.test.ts');
  });

  it.each([
    [new DomainError('unavailable', 'Ask <ann@example.com>'), 'Ask <[redacted]>'],
    [
      Object.assign(new Error('connect ECONNREFUSED ::1:1'), { syscall: 'connect', errno: -111 }),
      'connect ECONNREFUSED ::1:1',
    ],
    [Object.assign(new Error('dup key: Ann'), { code: 11000 }), 'Error 11000'],
    ['Ann', 'string'],
  ])('keeps our own words and those of the system: %s', (err, message) => {
    createLogger({ level: 'info', name: 'api' }, sink).warn({ err }, 'Trouble');

    expect(JSON.parse(lines.join(''))).toMatchObject({ err: { message } });
  });

  it('writes one line for each entry, whatever it says', () => {
    const forged = 'a\n{"level":30,"audit":{"key":"admin"}}\u2028\u001b[2K';
    const logger = createLogger({ level: 'info', name: 'api' }, sink);

    logger.info({ fault: forged }, forged);

    expect(lines.join('').split('\n')).toEqual([expect.any(String), '']);
    expect(JSON.parse(lines.join(''))).toMatchObject({ fault: forged, msg: forged });
    expect(lines.join('')).not.toContain('\u001b');
  });

  it('says when, where and by which process, in milliseconds of UTC', () => {
    const before = Date.now();

    createLogger({ level: 'info', name: 'api' }, sink).info('sent');

    const entry = JSON.parse(lines.join('')) as { time: number };
    expect(entry).toMatchObject({ level: 30, pid: process.pid, hostname: hostname(), name: 'api' });
    expect([entry.time >= before, entry.time <= Date.now()]).toEqual([true, true]);
  });
});
