import { openTestStore, type TestStore } from '../support/store';
import { rival, shop } from './builders';

let opened: TestStore;

beforeAll(async () => {
  opened = await openTestStore();
});

afterAll(() => opened.close());

const at = (now: number) => ({ now, leaseMs: 10, keepMs: 100 });
const requestOf = (key: string, fingerprint = 'one') => ({ route: 'post /v1/x', key, fingerprint });
const answer = { status: 201, body: { id: 'e1', $odd: [1] } };

describe('a request under a key of its own', () => {
  it('is begun by one of many', async () => {
    const { idempotency } = opened.store;

    const begun = await Promise.all(
      Array.from({ length: 20 }, () => idempotency.begin(shop, requestOf('race'), at(0))),
    );

    const kinds = begun.map(({ kind }) => kind).toSorted();
    expect(kinds).toEqual(['begun', ...Array.from({ length: 19 }, () => 'running')]);
  });

  it('is answered by what was stored', async () => {
    const { idempotency } = opened.store;
    await idempotency.begin(shop, requestOf('done'), at(0));
    await idempotency.finish(shop, requestOf('done'), answer);

    const again = await idempotency.begin(shop, requestOf('done'), at(50));

    expect(again).toEqual({ kind: 'answered', answer });
  });

  it('keeps its first answer', async () => {
    const { idempotency } = opened.store;
    await idempotency.begin(shop, requestOf('twice'), at(0));
    await idempotency.finish(shop, requestOf('twice'), answer);

    await idempotency.finish(shop, requestOf('twice'), { status: 200, body: null });
    await idempotency.forget(shop, requestOf('twice'), at(0));

    const again = await idempotency.begin(shop, requestOf('twice'), at(50));
    expect(again).toEqual({ kind: 'answered', answer });
  });

  it.each([
    ['while it runs', () => Promise.resolve()],
    ['once it is done', () => opened.store.idempotency.finish(shop, requestOf('kept'), answer)],
  ])('does not lend its key to another body %s', async (_when, proceed) => {
    const { idempotency } = opened.store;
    await idempotency.begin(shop, requestOf('kept'), at(0));
    await proceed();

    const other = await idempotency.begin(shop, requestOf('kept', 'other'), at(50));

    expect(other).toEqual({ kind: 'reused' });
  });

  it('is taken over by one repeat when its process has gone', async () => {
    const { idempotency } = opened.store;
    await idempotency.begin(shop, requestOf('crash'), at(0));

    const early = await idempotency.begin(shop, requestOf('crash'), at(9));
    const late = await Promise.all([
      idempotency.begin(shop, requestOf('crash'), at(10)),
      idempotency.begin(shop, requestOf('crash'), at(10)),
    ]);

    expect(early).toEqual({ kind: 'running' });
    expect(late.map(({ kind }) => kind).toSorted()).toEqual(['begun', 'running']);
  });

  it('frees its key when it came to nothing, but not the key of who took over', async () => {
    const { idempotency } = opened.store;
    await idempotency.begin(shop, requestOf('failed'), at(0));
    await idempotency.begin(shop, requestOf('failed'), at(20));

    await idempotency.forget(shop, requestOf('failed'), at(0));
    const held = await idempotency.begin(shop, requestOf('failed'), at(21));
    await idempotency.forget(shop, requestOf('failed'), at(20));
    const free = await idempotency.begin(shop, requestOf('failed', 'other'), at(22));

    expect([held, free]).toEqual([{ kind: 'running' }, { kind: 'begun' }]);
  });

  it('is forgotten after its time, answer and body', async () => {
    const { idempotency } = opened.store;
    const now = Date.now();
    await idempotency.begin(shop, requestOf('old'), at(now));
    await idempotency.finish(shop, requestOf('old'), answer);

    const anew = await idempotency.begin(shop, requestOf('old', 'other'), at(now + 100));

    expect(anew).toEqual({ kind: 'begun' });
    expect(await idempotency.begin(shop, requestOf('old', 'other'), at(now + 101))).toEqual({
      kind: 'running',
    });
  });

  it.each([
    ['workspace', rival, requestOf('scoped')],
    ['route', shop, { ...requestOf('scoped'), route: 'post /v1/y' }],
  ])('has its key in its own %s only', async (_what, workspace, request) => {
    const { idempotency } = opened.store;
    await idempotency.begin(shop, requestOf('scoped'), at(0));

    const begun = await idempotency.begin(workspace, request, at(0));

    expect(begun).toEqual({ kind: 'begun' });
  });
});
