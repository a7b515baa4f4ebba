import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { failureOf, type Failure } from '../process/failure';

/** A failed activity, as far as it may be told. */
export type FailedActivity = Failure & Readonly<{ activity: string; workflow: string | undefined }>;

/**
 * Keeps the texts of errors out of Temporal, where every failure is shown. A failure that leaves an
 * activity names classes and codes alone.
 */
export function concealFailures(
  tell: (failed: FailedActivity) => void,
): ActivityInterceptorsFactory {
  return ({ info }) => ({
    inbound: {
      execute: async (input, next) => {
        try {
          return await next(input);
        } catch (error) {
          if (error instanceof CancelledFailure) throw error;
          const failure = failureOf(error);
          const { activityType: activity, workflowExecution } = info;
          tell({ activity, workflow: workflowExecution?.workflowId, ...failure });
          throw concealed(failure);
        }
      },
    },
  });
}

function concealed({ kinds }: Failure): ApplicationFailure {
  const message = kinds.join(' < ');
  const failure = ApplicationFailure.create({ message, type: kinds[0] ?? message });
  failure.stack = '';
  return failure;
}
