import mongoose from 'mongoose';
import { startStore, type Store as Server } from '../../../dev/mongo/storage/store';
import { failureOf } from '../../../src/store/mongo/failures/failure';
import {
  clientFailures,
  labelFailures,
  serverFailures,
  socketFailures,
  type FailureKind,
} from '../../../src/store/mongo/failures/failure-table';
import { createStore, type Store } from '../../../src/store/store';
import { startFaultyProxy, type FaultyProxy } from '../../support/processes/faulty-proxy';
import { anEvent, shop } from '../builders';
import { patient } from '../../support/patience';
import { sealing } from '../../support/sealing';

const { MongoBulkWriteError, MongoNetworkError, MongoServerError } = mongoose.mongo;

/** A read that the server refuses twice: the driver itself tries some of them once more. */
const outcomes = {
  passing: { status: 'fulfilled' },
  away: { status: 'rejected', reason: { code: 'unavailable' } },
  unstorable: { status: 'rejected', reason: { code: 'invalid' } },
  duplicate: { status: 'rejected' },
} satisfies Record<FailureKind, object>;

describe('fault 25: the server refuses with', () => {
  let server: Server;
  let proxy: FaultyProxy;
  let store: Store;

  beforeAll(async () => {
    server = await startStore({ port: 0 });
    proxy = await startFaultyProxy(server.port);
    store = createStore({ uri: proxy.uri, sealing }, patient);
    await store.connect();
  });
  afterAll(async () => {
    await store.close();
    await proxy.close();
    await server.close();
  });

  const refused = async (refusal: object) => {
    const reply = { ok: 0, errmsg: 'not now', ...refusal };
    proxy.inject('find', reply, reply);
    const [outcome] = await Promise.allSettled([store.events.findByKey(shop, anEvent('any').key)]);
    proxy.clear();
    return outcome;
  };

  it.each(Object.entries(serverFailures))('the code of %s', async (_name, [code, kind]) => {
    expect(await refused({ code })).toMatchObject(outcomes[kind]);
  });

  it.each(Object.entries(labelFailures))(
    'the label %s, which is %s',
    async (label, kind = 'away') => {
      expect(await refused({ code: 1, errorLabels: [label] })).toMatchObject(outcomes[kind]);
    },
  );

  it.each([
    ['ERROR: deadlock detected (SQLSTATE 40P01)', 'passing'],
    ['could not serialize access due to concurrent update', 'passing'],
    ['canceling statement due to lock timeout', 'passing'],
    ['not master and slaveOk=false', 'passing'],
  ] as const)('the words %s, which are %s', async (errmsg, kind) => {
    expect(await refused({ code: 1, errmsg })).toMatchObject(outcomes[kind]);
  });

  it('a conflict of one row, which is inserted again without its neighbours', async () => {
    const conflict = { index: 1, code: 112, errmsg: 'WriteConflict' };
    proxy.inject('insert', { ok: 1, n: 1, writeErrors: [conflict] });
    const events = ['first', 'second'].map((name) => anEvent(name));

    const inserted = await Promise.all(
      events.map((one) => store.events.insert(one, { nextAt: 0 })),
    );

    expect(inserted).toEqual([{ kind: 'inserted' }, { kind: 'inserted' }]);
    expect(await store.events.findByKey(shop, anEvent('second').key)).toEqual(anEvent('second'));
    expect(await store.events.findByKey(shop, anEvent('first').key)).toBeUndefined();
  });

  it('anything else, which is nobody’s trouble but ours', async () => {
    expect(await refused({ code: 9, errmsg: 'unknown operator' })).toMatchObject({
      status: 'rejected',
      reason: { name: 'MongoServerError' },
    });
  });
});

/** A bulk write of which nothing is known but its error. */
const unknownResult: unknown = { getWriteConcernError: () => undefined };
const result = unknownResult as mongoose.mongo.BulkWriteResult;

describe('fault 25: an error of a socket', () => {
  const raw = (code: string) => Object.assign(new Error(`read ${code}`), { code, syscall: 'read' });

  it.each(Object.entries(socketFailures))(
    '%s is %s: raw, as the cause of another, and in a bulk write',
    (code, kind) => {
      const wrapped = new Error('The driver gives up', { cause: raw(code) });
      const bulk = new MongoBulkWriteError(raw(code), result);

      expect([raw(code), wrapped, bulk].map(failureOf)).toEqual([kind, kind, kind]);
    },
  );

  it('is passing where a bulk write has lost the reason', () => {
    const bulk = new MongoBulkWriteError(new MongoNetworkError('connection closed'), result);

    expect(failureOf(bulk)).toBe('passing');
  });
});

describe('fault 25: a bulk write', () => {
  const failing = (...codes: readonly number[]) => {
    const rows: readonly unknown[] = codes.map((code, index) => ({ index, code, errmsg: '' }));
    const writeErrors = [...rows] as mongoose.mongo.WriteError[];
    return new MongoBulkWriteError({ message: '', code: codes[0] ?? 0, writeErrors }, result);
  };

  it.each([
    [[11000, 11000], 'duplicate'],
    [[11000, 112], 'passing'],
    [[112, 14031, 11000], 'away'],
    [[11000, 10334, 112], 'unstorable'],
    [[11000, 9], undefined],
  ] as const)('whose rows met %s is %s', (codes, kind) => {
    expect(failureOf(failing(...codes))).toBe(kind);
  });
});

describe('fault 25: the table of errors', () => {
  const exported: readonly unknown[] = [
    ...Object.values(mongoose.mongo),
    ...Object.values(mongoose.mongo.BSON),
  ];
  const classes = exported.flatMap((value) =>
    typeof value === 'function' && value.prototype instanceof Error ? [value.name] : [],
  );

  it('names every error that the driver has', () => {
    expect(classes.length).toBeGreaterThan(40);
    expect(classes.filter((name) => !(name in clientFailures))).toEqual([]);
  });

  it('is asked for errors of the server by their code, not by their name', () => {
    expect(failureOf(new MongoServerError({ message: 'x', code: 112 }))).toBe('passing');
    expect(failureOf(new MongoServerError({ message: 'x', code: 2 }))).toBeUndefined();
  });
});
