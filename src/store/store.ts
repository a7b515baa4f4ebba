import type { ClientSession, Connection } from 'mongoose';
import { DomainError } from '../core/domain-error';
import {
  connectOptionsOf,
  createConnection,
  type StoreScope,
  type StoreSettings,
} from './mongo/connection';
import { createAddressCounts, type AddressCounts } from './messages/address-counts';
import { createContacts, type Contacts } from './contacts/contacts';
import { createConsentLedger, type ConsentLedger } from './contacts/consents/consent-ledger';
import { createDecisions, type Decisions } from './decisions';
import { createEnrollments, type Enrollments } from './enrollments';
import { ensureEventRetention } from './events/event-retention';
import { createEvents, type Events } from './events/events';
import { translate, translated } from './mongo/failures/failure';
import { createTryAgain, realRetrying, type Retrying } from './mongo/failures/try-again';
import { createIdempotency, requestRows, type Idempotency } from './idempotency';
import { createJourneys, type Journeys } from './journeys/journeys';
import { createKeys, type Keys } from './keys';
import { createLimits, type Limits } from './limits';
import { createMessages, type Messages } from './messages/messages';
import { createPressures, type Pressures } from './messages/pressures';
import { createRecipients, recipientRows, type Recipients } from './messages/recipients';
import { createRows } from './mongo/rows';
import { createRejections, type Rejections } from './events/rejections';
import { createDataKeys, type DataKeys } from './secrets/data-keys';
import { createDigests, keyPlainDigests, type Digests } from './secrets/digests';
import { createVault } from './secrets/vault';
import { createSuppressions, suppressionRows, type Suppressions } from './suppressions';
import { createSwitches, type Switches } from './messages/switches';
import { createTemplates, type Templates } from './templates';
import { createTimeline, type Timeline } from './timeline';
import { createSenders, type Senders } from './workspaces/senders';
import { createWorkspaces, type Workspaces } from './workspaces/workspaces';

/** The collections that a send reads and writes. */
export type SendVerbs = Readonly<{
  addressCounts: AddressCounts;
  contacts: Contacts;
  enrollments: Enrollments;
  events: Events;
  messages: Messages;
  pressures: Pressures;
  recipients: Recipients;
  senders: Senders;
  suppressions: Suppressions;
}>;

/**
 * Everything that is kept, by collection. The verbs take the workspace first, and ids of another
 * workspace find nothing. Writes are acknowledged by a majority; reads come from the primary.
 * Without MongoDB the verbs throw DomainError `unavailable` within seconds.
 */
export type Store = SendVerbs &
  Readonly<{
    consents: ConsentLedger;
    dataKeys: DataKeys;
    decisions: Decisions;
    idempotency: Idempotency;
    journeys: Journeys;
    keys: Keys;
    limits: Limits;
    rejections: Rejections;
    switches: Switches;
    templates: Templates;
    timeline: Timeline;
    workspaces: Workspaces;
    /** Connects. Call it again after a failure; later the driver reconnects by itself. */
    connect: () => Promise<void>;
    /**
     * Creates missing indexes, and brings what version 0.1 has stored into its present form.
     * Uniqueness rests on them, so run it before the first write.
     */
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

export function createStore(settings: StoreSettings, retrying: Retrying = realRetrying): Store {
  const connection = createConnection();
  const tryAgain = createTryAgain(retrying);
  const stored = createDataKeys(connection, { retrying }, settings.sealing);
  const digests = createDigests(stored);
  const { encryption } = settings;
  const vault = encryption && createVault({ keys: stored, digests, encryption });
  const scope: StoreScope = { retrying, ...(vault && { vault }) };
  const dataKeys = translated({
    ...stored,
    remove: async (names: readonly string[]) => {
      await stored.remove(names);
      vault?.forget(names);
    },
  });
  const sending = (over: StoreScope) => sendVerbs(connection, over, digests);
  return {
    ...sending(scope),
    consents: translated(createConsentLedger(connection, scope)),
    dataKeys,
    decisions: translated(createDecisions(connection, scope)),
    idempotency: translated(createIdempotency(connection, scope, digests)),
    journeys: translated(createJourneys(connection, scope)),
    keys: translated(createKeys(connection, scope)),
    limits: translated(createLimits(connection, scope)),
    rejections: translated(createRejections(connection, scope)),
    switches: translated(createSwitches(connection, scope)),
    templates: translated(createTemplates(connection, scope)),
    timeline: translated(createTimeline(connection, scope)),
    workspaces: translated(createWorkspaces(connection, scope)),
    connect: translate(async () => {
      await connection.openUri(settings.uri, connectOptionsOf(settings));
    }),
    ensureIndexes: translate(async () => {
      await ensureIndexes(connection, settings, retrying);
      await keyPlainDigests(createRows(connection, suppressionRows, scope), digests);
      await keyPlainDigests(createRows(connection, recipientRows, scope), digests);
      await keyPlainDigests(createRows(connection, requestRows, scope), digests);
    }),
    ping: translate(() => tryAgain(() => ping(connection))),
    close: () => connection.close(),
    causally: (work) => causally(connection, (session) => work(sending({ ...scope, session }))),
  };
}

function sendVerbs(connection: Connection, scope: StoreScope, digests: Digests): SendVerbs {
  return {
    addressCounts: translated(createAddressCounts(connection, scope, digests)),
    contacts: translated(createContacts(connection, scope)),
    enrollments: translated(createEnrollments(connection, scope)),
    events: translated(createEvents(connection, scope)),
    messages: translated(createMessages(connection, scope)),
    pressures: translated(createPressures(connection, scope)),
    recipients: translated(createRecipients(connection, scope, digests)),
    senders: translated(createSenders(connection, scope)),
    suppressions: translated(createSuppressions(connection, scope, digests)),
  };
}

async function ensureIndexes(
  connection: Connection,
  { eventRetentionDays = 400 }: StoreSettings,
  retrying: Retrying,
): Promise<void> {
  const tryAgain = createTryAgain(retrying);
  for (const model of Object.values(connection.models)) {
    await tryAgain(() => model.createIndexes());
  }
  await ensureEventRetention(connection, eventRetentionDays, retrying);
}

async function ping(connection: Connection): Promise<void> {
  const { db } = connection;
  if (!db) throw new DomainError('unavailable', 'MongoDB has not been reached yet; try again.');
  await db.command({ ping: 1 });
}

async function causally<Result>(
  connection: Connection,
  work: (session: ClientSession) => Promise<Result>,
): Promise<Result> {
  const session = await translate(() => connection.startSession({ causalConsistency: true }))();
  try {
    return await work(session);
  } finally {
    await session.endSession();
  }
}
