import supertest from 'supertest';
import { createApp } from '../../src/api/app';
import { hashOf } from '../../src/api/http/access/authentication';
import type { AppDependencies } from '../../src/api/dependencies';
import { defaultWorkspace } from '../../src/api/prepare-store';
import type { Intake } from '../../src/intake/intake';
import { realTime, type Clock } from '../../src/core/time/clock';
import { workspaceId } from '../../src/core/ids';
import { createClock } from '../../src/process/clock';
import type { Store } from '../../src/store/store';
import { aKey } from '../store/builders';
import { watchAnswers } from './openapi/answers-watched';
import { openDoor } from '../support/admission';
import { testContext } from '../support/context';
import { stallTimeoutMs } from '../support/patience';
import { openTestStore, type TestStoreSettings } from '../support/store';

export type TestApi = Readonly<{
  deps: AppDependencies;
  store: Store;
  uri: string;
  /** Calls with the admin key of the workspace `default`. */
  as: (key: string) => ReturnType<typeof supertest.agent>;
  admin: ReturnType<typeof supertest.agent>;
  anonymous: ReturnType<typeof supertest.agent>;
  close: () => Promise<void>;
}>;

export const adminKey = 'admin-key-of-default';
export const otherKey = 'admin-key-of-other';
/** An intake that acknowledges nothing. */
export function failingIntake(intake: Intake, error: Error): Intake {
  const receive = () => Promise.reject(error);
  return { ...intake, accept: receive, batch: (work) => work(receive) };
}

export const now = Date.parse('2026-03-02T09:00:00.000Z');

/** The clock of an api, moved forward. */
export function clockAhead({ deps }: TestApi, ms: number): Clock {
  return createClock(deps.clock.virtual, () => deps.clock.realNow() + ms);
}

/**
 * Serves the whole API over a real store and intake. Its Temporal takes everything and answers no
 * query.
 */
export async function openTestApi(
  changed: Partial<AppDependencies> = {},
  settings?: TestStoreSettings,
): Promise<TestApi> {
  const { store, uri, close } = await openTestStore(settings);
  const workflows = {
    start: () => Promise.resolve(),
    tell: () => Promise.resolve('told' as const),
    remove: () => Promise.resolve('removed' as const),
    endWedged: () => Promise.resolve('quiet' as const),
    progressOf: () => Promise.resolve(undefined),
    stateOf: () => Promise.resolve({ kind: 'running' as const }),
    isReachable: () => Promise.resolve(true),
  };
  const clock = createClock(realTime, () => now);
  const deps: AppDependencies = {
    ...testContext({ store, workflows, clock, adminKeyHash: hashOf(adminKey), random: () => 0.25 }),
    admission: openDoor({ now: () => now }),
    lookUpTxt: () => Promise.resolve([]),
    stallTimeoutMs,
    isDraining: () => false,
    ...changed,
  };
  await store.workspaces.ensure(defaultWorkspace);
  await store.workspaces.ensure({ ...defaultWorkspace, id: workspaceId('other') });
  await store.keys.put(
    aKey(hashOf(otherKey), {
      workspace: workspaceId('other'),
      name: 'other',
      scopes: ['admin'],
    }),
  );
  const { app, mismatches } = watchAnswers(createApp(deps));
  const as = (key: string) => supertest.agent(app).set('Authorization', `Bearer ${key}`);
  return {
    deps,
    store,
    uri,
    as,
    admin: as(adminKey),
    anonymous: supertest.agent(app),
    close: async () => {
      await deps.intake.drain();
      await close();
      if (mismatches.length > 0)
        throw new Error(`Not as the document says:\n${mismatches.join('\n')}`);
    },
  };
}
