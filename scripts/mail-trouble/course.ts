import { setTimeout as pause } from 'node:timers/promises';
import { killPart } from '../survive/stack';
import type { Mode, TroubleServer } from './server';

/** A part of the run: the behavior of the server, and the kills of the worker within it. */
type Phase = Readonly<{ mode: Mode; forMs: number; kills: number }>;

/** The mails that may have got lost unanswered, by what was seen from outside. */
export type Unanswered = Readonly<{ openAtKills: number; cutByServer: number }>;

type Setting = Readonly<{
  server: TroubleServer;
  stateDir: string;
  /** Real milliseconds that stand for half an hour. */
  halfHourMs: number;
  kills: number;
}>;

/**
 * Half an hour of each trouble, one after the other, while the worker is killed now and then. Then
 * the server does well, and is left so.
 */
export async function runCourse(setting: Setting): Promise<Unanswered> {
  let openAtKills = 0;
  let cutByServer = 0;
  for (const { mode, forMs, kills } of phasesOf(setting)) {
    say(`the server is ${mode} for ${forMs} ms, ${kills} kills`);
    cutByServer += await setting.server.turn(mode);
    const endsAt = Date.now() + forMs;
    for (let kill = 0; kill < kills; kill += 1) {
      await pause(forMs / (kills + 1));
      openAtKills += setting.server.open();
      await killPart(setting.stateDir, 'worker');
    }
    await pause(Math.max(0, endsAt - Date.now()));
  }
  cutByServer += await setting.server.turn('well');
  return { openAtKills, cutByServer };
}

function phasesOf({ halfHourMs: forMs, kills }: Setting): readonly Phase[] {
  const modes = ['slow', 'away', 'slow', 'no-credentials', 'well'] as const;
  return modes.map((mode, index) => ({
    mode,
    forMs,
    kills: Math.floor(kills / modes.length) + (index < kills % modes.length ? 1 : 0),
  }));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
