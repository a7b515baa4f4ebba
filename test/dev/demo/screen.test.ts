import { createScreen } from '../../../dev/demo/screen';
import { createStackLog } from '../../../dev/demo/watch/stack-log';
import { until } from '../../support/processes/until';

const at = Date.parse('2026-03-02T09:00:00Z');

function outputOf(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) > 0 };
}

describe('screen of the demo', () => {
  it('writes plain lines where there is no terminal', () => {
    const output = outputOf(false);
    const screen = createScreen(output);

    const hide = screen.showStatus(() => 'Mon 10:00');
    screen.happens(at, 'prompt', 'buys the tray');
    hide();

    expect(output.written).toStrictEqual(['Mon 10:00  prompt     buys the tray\n']);
  });

  it('keeps a status below the lines on a terminal', async () => {
    const output = outputOf(true);
    const screen = createScreen(output);

    const hide = screen.showStatus(() => 'three of eight mails');
    await until(() => output.written.length > 0);
    screen.say('a line');
    hide();

    expect(output.written.join('')).toMatch(/\r\S+Ka line\n\r.*three of eight mails.*\r\S+K$/s);
  });
});

describe('log of the demo', () => {
  it('passes on what the stack says and keeps what its parts write', () => {
    const said: string[] = [];
    const { log, latest } = createStackLog((line) => said.push(line));

    log('Fetching temporal');
    log('[stack] worker ended; starting it again');
    log('[worker] a warning');

    expect(said).toStrictEqual(['Fetching temporal', '[stack] worker ended; starting it again']);
    expect(latest()).toStrictEqual(['[worker] a warning']);
  });

  it('keeps the latest lines only', () => {
    const { log, latest } = createStackLog(() => undefined);

    Array.from({ length: 100 }, (_, index) => `[api] line ${index + 1}`).forEach(log);

    expect(latest()).toHaveLength(40);
    expect(latest().at(-1)).toBe('[api] line 100');
  });
});
