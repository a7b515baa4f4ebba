import { createAdmission, type Admission } from '../../src/api/http/admission/admission';

type Settings = Parameters<typeof createAdmission>[0];

const endless = { perSecond: 1, burst: 1_000_000 };

/** An admission that turns nobody away and lets nobody wait, but for what is given. */
export function openDoor(given: Partial<Settings> = {}): Admission {
  return createAdmission({
    rate: endless,
    paces: { always: endless, anonymous: endless },
    loopDelayMs: () => 0,
    isBacklogOver: () => false,
    now: () => 0,
    pause: () => Promise.resolve(),
    onShed: () => undefined,
    ...given,
  });
}
