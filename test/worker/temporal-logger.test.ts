import { Writable } from 'node:stream';
import { createLogger } from '../../src/process/logger';
import { temporalLogger } from '../../src/worker/temporal-logger';
import { canaries, canariesIn } from '../dev/stack/canary/canaries';

const { address, name } = canaries;

describe('a line of the SDK of Temporal', () => {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const logger = temporalLogger(createLogger({ level: 'debug', name: 'worker' }, sink));

  beforeEach(() => {
    lines.length = 0;
  });

  it.each(['error', 'err'])('quotes nothing of the error that it carries as %s', (field) => {
    const words = `Unexpected token, "${name} ${address}" is not valid JSON`;
    const error = Object.assign(new SyntaxError(words), { input: address });

    logger.error(`Error while processing a task: ${words}`, { [field]: error, taskQueue: 'sends' });

    expect(JSON.parse(lines.join(''))).toMatchObject({
      msg: 'Error while processing a task: SyntaxError',
      taskQueue: 'sends',
      err: { kinds: ['SyntaxError'] },
    });
    expect(canariesIn(lines.join(''))).toEqual([]);
  });

  it('stays as it is without one', () => {
    logger.info('Worker state changed', { state: 'RUNNING' });

    expect(JSON.parse(lines.join(''))).toMatchObject({
      level: 20,
      msg: 'Worker state changed',
      state: 'RUNNING',
    });
  });
});
