import { EJSON } from 'bson';
import { startStore } from '../../../../dev/mongo/storage/store';
import { startFaultyProxy, type WireFault } from '../../../support/processes/faulty-proxy';
import { canaries } from './canaries';

type Doc = Readonly<Record<string, unknown>>;
type Met = Readonly<{ fault: string; command: string; collection: string }>;

const everything = Object.values(canaries).join(' ');

/** MongoDB quotes a value in its words, in `keyValue` and in `errInfo`. */
function refusal(code: number, codeName: string, command: Doc): WireFault {
  const errmsg = `${codeName} dup key: { ${EJSON.stringify(command)} } ${everything}`;
  return { ok: 0, code, codeName, errmsg, keyValue: command, errInfo: { details: command } };
}

/** A refusal of the rows of a command, which is itself carried out. */
function refusalOfRows(code: number, command: Doc): WireFault {
  const errmsg = `E11000 dup key: { ${EJSON.stringify(command)} } ${everything}`;
  return { ok: 1, n: 0, writeErrors: [{ index: 0, code, errmsg, keyValue: command }] };
}

const faults: Readonly<Record<string, (command: Doc) => WireFault>> = {
  duplicate: (command) => refusal(11000, 'DuplicateKey', command),
  'duplicate-row': (command) => refusalOfRows(11000, command),
  unvalidated: (command) => refusal(121, 'DocumentValidationFailure', command),
  'unvalidated-row': (command) => refusalOfRows(121, command),
  conflict: (command) => refusal(112, 'WriteConflict', command),
  large: (command) => refusal(10334, 'BSONObjectTooLarge', command),
  gone: () => 'reset',
  late: () => 'reset-late',
};

/** Those that a write may ask for. Each `late` one takes seconds. */
export const faultNames = Object.keys(faults).filter((name) => name !== 'late');

const writes = ['insert', 'update', 'findAndModify'];

/**
 * A store that fails wherever a write says `fails-by-…`, and quotes all it knows. With
 * `settles-by-…` it takes the event and fails at what comes of it; `failNext` fails the next writes
 * to a collection.
 */
export async function startQuotingStore() {
  const met: Met[] = [];
  const next: { collection: string; fault: string }[] = [];
  const store = await startStore({ port: 0 });
  const proxy = await startFaultyProxy(store.port, (command) => {
    const [name = ''] = Object.keys(command);
    const collection = String(command[name]);
    if (!writes.includes(name)) return undefined;
    const fault = takeNext(next, collection) ?? saidIn(command, collection);
    const reply = fault === undefined ? undefined : faults[fault];
    if (fault === undefined || reply === undefined) return undefined;
    met.push({ fault, command: name, collection });
    return reply(command);
  });
  return {
    uri: proxy.uri.replace('/?', '/itinera?'),
    met,
    failNext: (collection: string, ...names: readonly string[]) => {
      next.push(...names.map((fault) => ({ collection, fault })));
    },
    close: async () => {
      await proxy.close();
      await store.close();
    },
  };
}

function takeNext(next: { collection: string; fault: string }[], collection: string) {
  const at = next.findIndex((one) => one.collection === collection);
  return at < 0 ? undefined : next.splice(at, 1)[0]?.fault;
}

function saidIn(command: Doc, collection: string): string | undefined {
  const text = EJSON.stringify(command);
  const at = collection === 'events' ? 'fails-by' : '(?:fails|settles)-by';
  return new RegExp(`${at}-([a-z-]+[a-z])!`).exec(text)?.[1];
}
