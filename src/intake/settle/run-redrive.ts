import type { IntakeDependencies } from '../dependencies';
import { redriveOnce } from './redrive';
import { runRounds } from './run-rounds';

/**
 * Runs the re-drive every `periodMs`, and at once again while it finds something. Stopping waits
 * for the round under way.
 */
export function runRedrive(
  dependencies: IntakeDependencies,
  { periodMs = 1_000 }: Readonly<{ periodMs?: number }> = {},
): Readonly<{ stop(): Promise<void> }> {
  const round = async () => {
    const found = await redriveOnce(dependencies).catch((error: unknown) => {
      dependencies.onTrouble(error, 'the re-drive');
      return 0;
    });
    return found > 0 ? 0 : periodMs;
  };
  return runRounds({ round, firstInMs: periodMs });
}
