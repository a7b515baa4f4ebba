import type { Instant } from '../time/clock';
import type { Deadline, Ended, Progress, Standing, Waiting } from './progress';

/** A deadline as versions before 0.2 wrote it, without its kind. */
type KindlessDeadline = Readonly<{
  began: Instant;
  from: Instant;
  until?: Instant;
  resolvedFrom?: Instant;
}>;

type KindlessStanding = Standing & Readonly<{ deadline?: KindlessDeadline }>;

/** Progress as any version has written it: in a history, or as the answer to a query. */
export type CarriedProgress = Omit<Progress, 'position'> &
  Readonly<{ position: KindlessStanding | Waiting | Ended }>;

/** Reads the progress that any version has written. */
export function progressFrom(carried: CarriedProgress): Progress {
  const { position } = carried;
  if (position.kind !== 'standing') return { ...carried, position };
  const { deadline, ...standing } = position;
  if (!deadline) return { ...carried, position: standing };
  return {
    ...carried,
    position: { ...standing, kind: 'waiting', deadline: deadlineFrom(deadline) },
  };
}

function deadlineFrom({ began, from, until, resolvedFrom }: KindlessDeadline): Deadline {
  if (until === undefined) return { kind: 'unresolved', began, from };
  if (resolvedFrom === undefined) return { kind: 'exact', began, from, until };
  return { kind: 'resolved', began, from, until, resolvedFrom };
}
