import {
  ApplicationFailure,
  ApplicationFailureCategory,
  CancelledFailure,
} from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { PutOff } from '../activities/put-off';
import { failureOf, type Failure } from '../process/failure';

/** A failed activity, as far as it may be told. */
export type FailedActivity = Failure & Readonly<{ activity: string; workflow: string | undefined }>;

/**
 * Keeps the texts of errors out of Temporal, where every failure is shown. A failure that leaves an
 * activity names classes and codes alone. Work that was put off is no failure for anybody to mend.
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
          if (error instanceof PutOff) throw concealed(failure, putOff(error));
          const { activityType: activity, workflowExecution } = info;
          tell({ activity, workflow: workflowExecution?.workflowId, ...failure });
          throw concealed(failure);
        }
      },
    },
  });
}

type More = Readonly<{ nextRetryDelay: number; category: ApplicationFailureCategory }>;

function putOff({ retryInMs }: PutOff): More {
  return { nextRetryDelay: retryInMs, category: ApplicationFailureCategory.BENIGN };
}

function concealed({ kinds }: Failure, more?: More): ApplicationFailure {
  const message = kinds.join(' < ');
  const failure = ApplicationFailure.create({ message, type: kinds[0] ?? message, ...more });
  failure.stack = '';
  return failure;
}
