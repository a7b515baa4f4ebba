import { styleText } from 'node:util';
import type { WriteStream } from 'node:tty';
import type { Instant } from '../../src/core/time/clock';
import { faceOf } from './watch/virtual-time';

export type Screen = Readonly<{
  say: (text: string) => void;
  /** One line of the live view. */
  happens: (at: Instant, who: string, what: string) => void;
  /**
   * Shows a line that changes below all others, on a terminal only; the function returned takes it
   * away.
   */
  showStatus: (statusNow: () => string) => () => void;
}>;

type Output = Pick<WriteStream, 'write' | 'isTTY'>;

const redrawMs = 200;
const clearLine = '\r\u001b[K';

/** Plain lines where the output is no terminal. */
export function createScreen(output: Output): Screen {
  let statusNow: (() => string) | undefined;
  const redraw = () => {
    if (statusNow) output.write(`${clearLine}${dim(statusNow())}`);
  };
  const say = (text: string) => {
    output.write(`${statusNow ? clearLine : ''}${text}\n`);
    redraw();
  };
  const dim = (text: string) => (output.isTTY ? styleText('dim', text) : text);
  return {
    say,
    happens: (at, who, what) => {
      say(`${dim(faceOf(at))}  ${who.padEnd(10)} ${what}`);
    },
    showStatus: (status) => {
      if (!output.isTTY) return () => undefined;
      statusNow = status;
      const timer = setInterval(redraw, redrawMs);
      return () => {
        clearInterval(timer);
        statusNow = undefined;
        output.write(clearLine);
      };
    },
  };
}
