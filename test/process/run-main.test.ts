import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { canaries, canariesIn } from '../dev/stack/canary/canaries';

const runMain = join(__dirname, '../../src/process/run-main');
const domainError = join(__dirname, '../../src/core/domain-error');
const { address, secret } = canaries;

/** An error as drivers throw it: it quotes a person in its words, fields and cause. */
const quoting = `Object.assign(new TypeError('of ${address}\\n    at ${secret}:1:1', { cause: new Error('${secret}') }), { code: 11000, keyValue: { email: '${address}' } })`;

/** Runs a process whose work is this body, to its end. */
function crash(body: string) {
  const script = `
    const { runMain } = require(${JSON.stringify(runMain)});
    const { DomainError } = require(${JSON.stringify(domainError)});
    const later = () => new Promise((resolve) => setTimeout(resolve, 60_000));
    runMain(async () => { ${body} });`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--require', 'tsx/cjs', '-e', script],
    { encoding: 'utf8', timeout: 60_000 },
  );
  return { status, output: `${stdout}${stderr}` };
}

describe('a process that crashes', () => {
  it.each([
    ['by its work', `throw ${quoting};`],
    ['by a rejection that nobody handles', `void Promise.reject(${quoting}); await later();`],
    ['by an error in a callback', `setTimeout(() => { throw ${quoting}; }); await later();`],
    ['by a text', `throw '${secret}';`],
  ])('says which error it was and quotes nothing: %s', (_how, body) => {
    const { status, output } = crash(body);

    expect(status).toBe(1);
    expect(output).toMatch(/^(TypeError 11000 < Error\n {0,4}at |string)/);
    expect(canariesIn(output)).toEqual([]);
  });

  it('says in our own words what to do', () => {
    const { status, output } = crash(`throw new DomainError('invalid', 'Give a port.');`);

    expect({ status, output }).toEqual({ status: 1, output: 'Give a port.\n' });
  });
});
