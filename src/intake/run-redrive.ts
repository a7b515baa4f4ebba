import type { Dependencies } from './dependencies';
import { redriveOnce } from './redrive';

/** Runs the re-drive every `periodMs` until it is stopped; stopping waits for the round under way. */
export function runRedrive(
  dependencies: Dependencies,
  { periodMs = 1_000 }: Readonly<{ periodMs?: number }> = {},
): Readonly<{ stop(): Promise<void> }> {
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  let isStopped = false;

  const next = () => {
    if (isStopped) return;
    timer = setTimeout(() => {
      round = redriveOnce(dependencies).then(next, (error: unknown) => {
        dependencies.onTrouble(error, 'the re-drive');
        next();
      });
    }, periodMs);
  };
  next();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
