import type { mongo } from 'mongoose';
import type { Store } from '../../../src/store/store';
import { openMonitoredStore } from '../../support/commands';

/** One statement as the driver sent it, and the verb that asked for it. */
export type Query = Readonly<{ verb: string; statement: Statement }>;

type Statement = Readonly<Record<string, unknown>>;

export type Recorder = Readonly<{
  store: Store;
  database: () => mongo.Db;
  /** What the calls of `work` send is recorded under the name of their verb. */
  record: (work: (store: Store) => Promise<unknown>) => Promise<void>;
  queries: readonly Query[];
  /** The verbs that were called. */
  called: ReadonlySet<string>;
}>;

type Verb = (...input: readonly unknown[]) => unknown;

const isGroup = (part: unknown): part is Readonly<Record<string, Verb>> =>
  typeof part === 'object' && part !== null;

/** The names of all verbs of the collections. */
export function verbsOf(store: Store): readonly string[] {
  return Object.entries(store).flatMap(([group, verbs]) =>
    isGroup(verbs) ? Object.keys(verbs).map((verb) => `${group}.${verb}`) : [],
  );
}

/** A connected store whose commands are recorded; `uri` names its database. */
export async function openRecorder(uri: string): Promise<Recorder> {
  const queries: Query[] = [];
  const called = new Set<string>();
  let verb: string | undefined;
  const { store, connection } = await openMonitoredStore(uri, (command) => {
    if (verb === undefined) return;
    const by = verb;
    queries.push(...statementsOf(command).map((statement) => ({ verb: by, statement })));
  });
  const named = namedIn(store, (name) => {
    verb = name;
    called.add(name);
  });
  return {
    store,
    database: () => connection.getClient().db(connection.name),
    record: async (work) => {
      await work(named);
      verb = undefined;
    },
    queries,
    called,
  };
}

/** The same store, which tells the name of each verb before it runs. */
function namedIn(store: Store, tell: (verb: string) => void): Store {
  const groups = Object.entries(store).map(([group, verbs]) => {
    if (!isGroup(verbs)) return [group, verbs] as const;
    const named = Object.entries(verbs).map(
      ([name, verb]) =>
        [
          name,
          (...input: readonly unknown[]): unknown => {
            tell(`${group}.${name}`);
            return Reflect.apply(verb, undefined, input);
          },
        ] as const,
    );
    return [group, Object.fromEntries(named)] as const;
  });
  return Object.fromEntries<unknown>(groups) as Store;
}

/** The parts of a command that say which documents it means. */
const searching = [
  'filter',
  'sort',
  'limit',
  'projection',
  'pipeline',
  'query',
  'update',
  'remove',
];

/** Each statement of a bulk stands alone, as it can be explained. Inserts search nothing. */
function statementsOf(command: Statement): readonly Statement[] {
  const [name = ''] = Object.keys(command);
  const own = { [name]: command[name] };
  const parts = Object.entries(command).filter(([part]) => searching.includes(part));
  const search = {
    ...own,
    ...Object.fromEntries(parts.map(([part, value]) => [part, plain(value)])),
  };
  switch (name) {
    case 'find':
    case 'findAndModify':
      return [search];
    case 'aggregate':
      return [{ ...search, cursor: {} }];
    case 'update':
      return listIn(command['updates']).map((one) => ({ ...own, updates: [one] }));
    case 'delete':
      return listIn(command['deletes']).map((one) => ({ ...own, deletes: [one] }));
    default:
      return [];
  }
}

/** The driver sends a sort as a map. */
function plain(value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries<unknown>(value) : value;
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
