import { CancellationScope, patched } from '@temporalio/workflow';

/**
 * True once somebody has canceled the workflow. A history in which a canceled enrollment stayed
 * open replays as it was.
 */
export function isCanceled(): boolean {
  return CancellationScope.current().consideredCancelled && patched('canceled-enrollments-end');
}
