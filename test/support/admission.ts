import { createAdmission, type Admission } from '../../src/api/http/admission/admission';
import type { RatePolicies } from '../../src/api/http/admission/rate-limit';
import type { BucketPolicy } from '../../src/api/http/admission/token-bucket';

type Settings = Parameters<typeof createAdmission>[0];

const endless = { perSecond: 1, burst: 1_000_000 };

/** The rate of each key; that of a workspace is endless. */
export const keyRate = (key: BucketPolicy): RatePolicies => ({ key, workspace: endless });

/** An admission that turns nobody away and lets nobody wait, but for what is given. */
export function openDoor(given: Partial<Settings> = {}): Admission {
  return createAdmission({
    rates: { key: endless, workspace: endless },
    paces: { always: endless, anonymous: endless },
    loopDelayMs: () => 0,
    isBacklogOver: () => false,
    now: () => 0,
    pause: () => Promise.resolve(),
    onShed: () => undefined,
    ...given,
  });
}
