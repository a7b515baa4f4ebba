import type { Decision } from './decision';
import type { Enrollment } from '../enrollments/enrollment';

/** Whom and what a decision about an enrollment concerns. */
export function aboutEnrollment({ id, workspace, contact, journey }: Enrollment) {
  return { workspace, contact, enrollment: id, journey } satisfies Partial<Decision>;
}
