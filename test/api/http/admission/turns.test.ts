import { Registry } from 'prom-client';
import supertest from 'supertest';
import { createApp } from '../../../../src/api/app';
import { createTurns } from '../../../../src/api/http/admission/turns';
import { keyRate, openDoor } from '../../../support/admission';
import { adminKey, openTestApi, type TestApi } from '../../test-api';

/** A clock that pauses move. */
function ticking() {
  let at = 0;
  return {
    now: () => at,
    pause: (ms: number) =>
      new Promise<void>((resolve) => {
        setImmediate(() => {
          at += ms;
          resolve();
        });
      }),
  };
}

const staying = () => new AbortController().signal;

describe('a turn', () => {
  it('comes to a burst at once, and then to one by one at its rate', async () => {
    const time = ticking();
    const turn = createTurns({ perSecond: 12.5, burst: 3 }, time);

    const turns = Array.from({ length: 6 }, () => turn(staying()).then(time.now));

    expect(await Promise.all(turns)).toEqual([0, 0, 0, 80, 160, 240]);
  });

  it('comes in the order of arrival, and not to who has gone', async () => {
    const time = ticking();
    const turn = createTurns({ perSecond: 12.5, burst: 1 }, time);
    const left = new AbortController();
    const served: string[] = [];
    const serve = async (name: string, gone: AbortSignal) => {
      if (await turn(gone)) served.push(`${name} at ${time.now()}`);
    };

    const all = [
      serve('first', staying()),
      serve('second', staying()),
      serve('gone', left.signal),
      serve('third', staying()),
    ];
    left.abort();
    await Promise.all(all);

    expect(served).toEqual(['first at 0', 'second at 80', 'third at 160']);
  });
});

describe('attack 1: requests for which no key stands', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await openTestApi();
  });

  afterAll(() => api.close());

  /** An api whose turns are all taken: each further one waits until the clock moves. */
  function withoutTurns(given: Parameters<typeof openDoor>[0] = {}) {
    const none = { perSecond: 1, burst: 0 };
    let paused = 0;
    const pause = () => {
      paused += 1;
      return new Promise<void>(() => undefined);
    };
    const admission = openDoor({ paces: { always: none, anonymous: none }, pause, ...given });
    const agent = supertest.agent(createApp({ ...api.deps, admission, registry: new Registry() }));
    return { agent, hasWaited: () => paused > 0 };
  }

  it.each([
    ['the document', '/openapi.json', ''],
    ['a path that is not there', '/nothing', ''],
    ['a wrong key', '/v1/journeys', 'Bearer wrong'],
    ['an unsubscribe link', '/u/x', ''],
    ['a method that is not possible', '/v1/refusals/x', ''],
  ])('wait for their turn: %s', async (_what, path, authorization) => {
    const { agent, hasWaited } = withoutTurns();

    const request = agent.get(path).set('Authorization', authorization).timeout(300);

    await expect(request).rejects.toThrow(/imeout/);
    expect(hasWaited()).toBe(true);
  });

  it('are no hindrance to who has a key', async () => {
    const { agent, hasWaited } = withoutTurns();

    await agent.get('/v1/journeys').set('Authorization', `Bearer ${adminKey}`).expect(200);

    expect(hasWaited()).toBe(false);
  });

  it('are those of a key that asks too much as well', async () => {
    const { agent, hasWaited } = withoutTurns({ rates: keyRate({ perSecond: 1, burst: 0 }) });

    const request = agent.get('/v1/journeys').set('Authorization', `Bearer ${adminKey}`);

    await expect(request.timeout(300)).rejects.toThrow(/imeout/);
    expect(hasWaited()).toBe(true);
  });
});
