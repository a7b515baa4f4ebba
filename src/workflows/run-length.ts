import { workflowInfo } from '@temporalio/workflow';

/** A cold replay of a run this long stays below a tenth of a second; every signal is an event, so it bounds them too. */
export const longestHistory = 500;

/** Says when a run should go on as a new one, which it does at its next wait. */
export function isLongRun(): boolean {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return continueAsNewSuggested || historyLength >= longestHistory;
}
