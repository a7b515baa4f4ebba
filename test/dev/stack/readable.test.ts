import { readable } from '../../../dev/stack/readable';

const entry = (fields: object) => `[api] ${JSON.stringify({ time: 1, pid: 1, ...fields })}`;

describe('fault 22: a line of a part', () => {
  it.each([
    ['is plain as it is written', '[temporal] Temporal UI: http://localhost:8233', undefined],
    ['of the stack itself stays', 'Itinera is up. Ctrl-C ends it.', undefined],
    ['that is empty between two lines of the stack stays', '', undefined],
    [
      'of the log is a sentence',
      entry({ level: 30, msg: 'The API listens' }),
      '[api] INFO: The API listens',
    ],
    [
      'of trouble says what it is, without a stack trace',
      entry({ level: 40, msg: 'Trouble with Temporal', err: { message: 'Away', stack: 'at x' } }),
      '[api] WARN: Trouble with Temporal: Away',
    ],
    ['that only looks like JSON is left alone', '[store] {ready', undefined],
  ])('%s', (_what, line, expected) => {
    expect(readable(line)).toBe(expected ?? line);
  });

  it.each([
    ['empty', '[temporal] '],
    ['for machines', '[store] {"ready":true,"port":27017}'],
    ['of the audit', entry({ level: 30, audit: { route: 'PUT /v1/workspace' }, msg: 'audit' })],
  ])('is left out where it is %s', (_what, line) => {
    expect(readable(line)).toBeUndefined();
  });
});
