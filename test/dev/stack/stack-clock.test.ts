import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settleClock } from '../../../dev/stack/stack-clock';
import { realTime } from '../../../src/core/time/clock';

describe('clock of a stack', () => {
  let stateDir: string;

  beforeEach(() => {
    stateDir = mkdtempSync(join(tmpdir(), 'itinera-clock-'));
  });

  afterEach(() => {
    rmSync(stateDir, { recursive: true });
  });

  const settle = (now: number, timeScale?: number, virtualOrigin?: number) =>
    settleClock({ stateDir, timeScale, virtualOrigin, now });

  it('is real time when no scale is asked for', () => {
    expect(settle(1_000)).toStrictEqual(realTime);
  });

  it('starts at the virtual origin', () => {
    const clock = settle(1_000, 3600, 5_000);

    expect(clock).toStrictEqual({ realOrigin: 1_000, virtualOrigin: 5_000, scale: 3600 });
  });

  it('goes on as it began at every later start', () => {
    const first = settle(1_000, 3600);
    const sameScale = settle(9_000, 3600);
    const noScale = settle(9_000);

    expect([sameScale, noScale]).toStrictEqual([first, first]);
  });

  it('refuses another scale, under which waiting timers would be wrong', () => {
    settle(1_000, 3600);

    expect(() => settle(9_000, 60)).toThrow('runs at time scale 3600, not 60');
  });
});
