import type { Response } from 'express';
import type { Grant, Limited } from '../admission/rate-limit';
import { problemOf, type Problem } from '../problems/problem';

/** Tells the client what it has left. Answers the problem where that was not enough. */
export function overRateOf(grant: Grant, response: Response): Problem | undefined {
  response.set(grant.headers);
  if (grant.isGranted) return undefined;
  return { ...problems[grant.exhausted], retryAfterS: grant.retryAfterS };
}

const problems = {
  key: overRate('key', 'This API key sends more than it may'),
  workspace: overRate(
    'workspace',
    'The API keys of this workspace together send more than they may',
  ),
} as const satisfies Record<Limited, Problem>;

function overRate(limited: Limited, detail: string): Problem {
  const remedy =
    'slow down. Each item of a batch counts as a request, or each full KiB of a body, whichever are more.';
  return problemOf('too-many-requests', `${detail}; ${remedy}`, [
    { pointer: '/header/authorization', code: `${limited}-rate`, detail: `${detail}; slow down` },
  ]);
}
