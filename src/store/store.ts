import type { Connection } from 'mongoose';
import { DomainError } from '../core/domain-error';
import {
  connectOptionsOf,
  createConnection,
  type SessionScope,
  type StoreSettings,
} from './mongo/connection';
import { createContacts, type Contacts } from './contacts/contacts';
import { createDecisions, type Decisions } from './decisions';
import { createEnrollments, type Enrollments } from './enrollments';
import { ensureEventRetention } from './events/event-retention';
import { createEvents, type Events } from './events/events';
import { translate, translated } from './mongo/failure';
import { createIdempotency, type Idempotency } from './idempotency';
import { createJourneys, type Journeys } from './journeys/journeys';
import { createKeys, type Keys } from './keys';
import { createLimits, type Limits } from './limits';
import { createMessages, type Messages } from './messages';
import { createSuppressions, type Suppressions } from './suppressions';
import { createTemplates, type Templates } from './templates';
import { createTimeline, type Timeline } from './timeline';
import { createWorkspaces, type Workspaces } from './workspaces';

/** The collections that a send reads and writes. */
export type SendVerbs = Readonly<{
  contacts: Contacts;
  enrollments: Enrollments;
  events: Events;
  messages: Messages;
  suppressions: Suppressions;
}>;

/**
 * Everything that is kept, by collection. The verbs take the workspace first, and ids of another
 * workspace find nothing. Writes are acknowledged by a majority; reads come from the primary.
 * Without MongoDB the verbs throw DomainError `unavailable` within seconds.
 */
export type Store = SendVerbs &
  Readonly<{
    decisions: Decisions;
    idempotency: Idempotency;
    journeys: Journeys;
    keys: Keys;
    limits: Limits;
    templates: Templates;
    timeline: Timeline;
    workspaces: Workspaces;
    /** Connects. Call it again after a failure; later the driver reconnects by itself. */
    connect: () => Promise<void>;
    /** Creates missing indexes. Uniqueness rests on them, so run it before the first write. */
    ensureIndexes: () => Promise<void>;
    ping: () => Promise<void>;
    close: () => Promise<void>;
    /**
     * Runs `work` in a causally consistent session with majority reads. After a write, such as
     * the claim of a message, its reads see everything that was acknowledged before that write,
     * even when the primary changes in between. Reads may run side by side, writes may not.
     */
    causally: <Result>(work: (verbs: SendVerbs) => Promise<Result>) => Promise<Result>;
  }>;

export function createStore(settings: StoreSettings): Store {
  const connection = createConnection();
  return {
    ...sendVerbs(connection, {}),
    decisions: translated(createDecisions(connection, {})),
    idempotency: translated(createIdempotency(connection, {})),
    journeys: translated(createJourneys(connection, {})),
    keys: translated(createKeys(connection, {})),
    limits: translated(createLimits(connection, {})),
    templates: translated(createTemplates(connection, {})),
    timeline: translated(createTimeline(connection, {})),
    workspaces: translated(createWorkspaces(connection, {})),
    connect: translate(async () => {
      await connection.openUri(settings.uri, connectOptionsOf(settings));
    }),
    ensureIndexes: translate(() => ensureIndexes(connection, settings)),
    ping: translate(() => ping(connection)),
    close: () => connection.close(),
    causally: (work) => causally(connection, work),
  };
}

function sendVerbs(connection: Connection, scope: SessionScope): SendVerbs {
  return {
    contacts: translated(createContacts(connection, scope)),
    enrollments: translated(createEnrollments(connection, scope)),
    events: translated(createEvents(connection, scope)),
    messages: translated(createMessages(connection, scope)),
    suppressions: translated(createSuppressions(connection, scope)),
  };
}

async function ensureIndexes(
  connection: Connection,
  { eventRetentionDays = 400 }: StoreSettings,
): Promise<void> {
  for (const model of Object.values(connection.models)) await model.createIndexes();
  await ensureEventRetention(connection, eventRetentionDays);
}

async function ping(connection: Connection): Promise<void> {
  const { db } = connection;
  if (!db) throw new DomainError('unavailable', 'MongoDB has not been reached yet; try again.');
  await db.command({ ping: 1 });
}

async function causally<Result>(
  connection: Connection,
  work: (verbs: SendVerbs) => Promise<Result>,
): Promise<Result> {
  const session = await translate(() => connection.startSession({ causalConsistency: true }))();
  try {
    return await work(sendVerbs(connection, { session }));
  } finally {
    await session.endSession();
  }
}
