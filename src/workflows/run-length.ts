import { workflowInfo } from '@temporalio/workflow';

/** A cold replay of a run this long stays below a tenth of a second. */
export const longestHistory = 500;
export const mostSignals = 2_000;

/** Says when a run should go on as a new one, which it does at its next wait. */
export function createRunLength() {
  let signals = 0;
  return {
    countSignal: () => {
      signals += 1;
    },
    isLong: () => {
      const { historyLength, continueAsNewSuggested } = workflowInfo();
      return continueAsNewSuggested || historyLength >= longestHistory || signals >= mostSignals;
    },
  };
}
