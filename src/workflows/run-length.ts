import { workflowInfo } from '@temporalio/workflow';

/** A cold replay of this many events takes less than a tenth of a second. */
export const longestHistory = 500;

/** True where a run should go on as a new one, at its next wait. */
export function isLongRun(): boolean {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return continueAsNewSuggested || historyLength >= longestHistory;
}
