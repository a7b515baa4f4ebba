import { workflowInfo } from '@temporalio/workflow';
import type { EnrollmentInput } from '../contract/enrollment-workflow';

/** Runs whose input names no length were begun with this one, and keep it. */
const formerlyLongest = 500;

/** True where a run should go on as a new one, at its next wait. */
export function isLongRun({ longestRun = formerlyLongest }: EnrollmentInput): boolean {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return continueAsNewSuggested || historyLength >= longestRun;
}
