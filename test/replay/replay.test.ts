import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker } from '@temporalio/worker';
import { quietRuntime } from '../support/processes/quiet-runtime';
import { workflowBundlePath } from '../support/processes/temporal';
import { situations } from './situations';

const folder = join(__dirname, 'histories');
const recorded = readdirSync(folder);

const textOf = (file: string) => readFileSync(join(folder, file), 'utf8');

function replay(history: string): Promise<void> {
  return Worker.runReplayHistory(
    { workflowBundle: { codePath: workflowBundlePath() } },
    JSON.parse(history),
  );
}

describe('histories recorded by every version', () => {
  beforeAll(() => {
    quietRuntime();
  });

  it.each(recorded)('%s runs again with the same commands', async (file) => {
    await expect(replay(textOf(file))).resolves.toBeUndefined();
  });

  it.each([
    ...situations.map(({ name }) => name),
    'continued-as-new-resumed',
    'trouble',
    'canceled-and-left-open',
    'long-run',
  ])('include one of %s', (name) => {
    expect(recorded).toContainEqual(expect.stringMatching(new RegExp(`^[0-9.]+-${name}[.]json$`)));
  });

  it.each([
    ['an activity of another name', '"name": "send"', '"name": "post"'],
    ['another timer', '"timerId": "1"', '"timerId": "9"'],
  ])('do not run again with %s', async (_what, original, other) => {
    const history = textOf('0.1.0-exact-wait.json').replaceAll(original, other);

    await expect(replay(history)).rejects.toThrow(DeterminismViolationError);
  });
});
