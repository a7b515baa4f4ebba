import type { IntakeDependencies } from '../dependencies';
import { redriveOnce } from './redrive';

/**
 * Runs the re-drive every `periodMs`, and at once again while it finds something. Stopping waits
 * for the round under way.
 */
export function runRedrive(
  dependencies: IntakeDependencies,
  { periodMs = 1_000 }: Readonly<{ periodMs?: number }> = {},
): Readonly<{ stop(): Promise<void> }> {
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  let isStopped = false;

  const nextIn = (ms: number) => {
    if (isStopped) return;
    timer = setTimeout(() => {
      round = redriveOnce(dependencies)
        .catch((error: unknown) => {
          dependencies.onTrouble(error, 'the re-drive');
          return 0;
        })
        .then((found) => {
          nextIn(found > 0 ? 0 : periodMs);
        });
    }, ms);
  };
  nextIn(periodMs);
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
