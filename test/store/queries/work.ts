import { apiKeyId, contactId, eventKey, stepId, templateId } from '../../../src/core/ids';
import type { Store } from '../../../src/store/store';
import {
  ada,
  aClaim,
  aDeadEvent,
  aDecision,
  aKey,
  anEnrollment,
  anEvent,
  aPublication,
  aRefusal,
  aSnapshot,
  aTarget,
  cartEnrollment,
  cartRecovery,
  shop,
} from '../builders';
import { bea, beasEnrollment } from './fill';
import { contacts } from './contacts';
import { pressures } from './pressures';
import { settings } from './settings';

type Work = (store: Store) => Promise<unknown>;

const page = { limit: 2 };
const due = { nextAt: 1 };
const claim = { now: 100, leaseMs: 50, limit: 3 };
const converted = { as: 'converted', because: 'exit-event', at: 5_000 } as const;
const alias = contactId('alias of ada');

/** Both pages of a list. The second begins at a cursor. */
async function pages(
  list: (request: {
    limit: number;
    cursor?: string | undefined;
  }) => Promise<{ nextCursor?: string }>,
): Promise<void> {
  const { nextCursor } = await list(page);
  if (nextCursor !== undefined) await list({ ...page, cursor: nextCursor });
}

const events: Work = async ({ events }) => {
  const search = { names: ['one', 'two'], receivedFrom: 500, paths: [] };
  const now = { targets: 1, at: 2_000 };
  await events.insert(anEvent('one', { keys: ['order 1'] }), due);
  await events.insert(anEvent('two'), { nextAt: 9_000_000 });
  await events.insert(anEvent('three'), due);
  await events.insert(aDeadEvent('four'), due);
  await events.find(shop, anEvent('one').id);
  await events.findByKey(shop, anEvent('one').key);
  await events.ofContact(shop, ada, search);
  await events.ofContact(shop, [ada, alias], search);
  await Promise.all([ada, bea].map((contact) => events.ofContact(shop, contact, search)));
  await events.pendingOf(shop, [bea]);
  await events.ofKeys(shop, ['order 1', 'order 2']);
  await pages((request) => events.history(shop, [ada, alias], request));
  await events.pendingOf(shop, [ada, alias]);
  await events.addTargets(shop, eventKey('key of one'), { targets: [aTarget(1)], ...due });
  await events.reroute(shop, eventKey('key of one'), { refusals: [], target: aTarget(2), ...due });
  const change = { enrollment: cartEnrollment, effect: { kind: 'told' } } as const;
  await events.setEffect(shop, eventKey('key of one'), change);
  await events.claimPending(claim);
  await events.markDelivered(shop, [eventKey('key of one'), eventKey('key of two')], now);
  await events.postpone(shop, eventKey('key of two'), { nextAt: 1, attempts: 1 });
  await events.bury(shop, eventKey('key of two'), 'It cannot be encoded');
  await events.revive(shop, eventKey('key of two'), due);
  await pages((request) => events.list(shop, {}, request));
  for (const status of ['pending', 'dead', 'delivered'] as const) {
    await pages((request) => events.list(shop, { status }, request));
  }
  await events.backlog(10);
  await events.erase(shop, [ada, alias]);
};

const enrollments: Work = async ({ enrollments }) => {
  const row = anEnrollment(1, { keys: ['cart 1'] });
  await enrollments.open(row, due);
  await enrollments.open(row, due);
  await enrollments.open({ ...row, enteredBy: eventKey('entry 9') }, due);
  await enrollments.open(beasEnrollment(5), due);
  await enrollments.addKeys(shop, row.id, ['cart 2']);
  await enrollments.openOf(shop, [ada, alias]);
  await enrollments.openByKeys(shop, ['cart 1', 'cart 2']);
  await enrollments.find(shop, row.id);
  await enrollments.claimUnstarted(claim);
  await enrollments.markStarted(shop, row.id);
  await enrollments.markAwake(shop, row.id);
  await enrollments.claimStarted({ ...claim, now: 1_000 });
  await enrollments.refresh(shop, row.id, aSnapshot('refresh', 2_000));
  const to = { step: stepId('wait'), since: 2_000, on: eventKey('refresh') };
  await enrollments.moveTo(shop, row.id, to);
  const contacts = [ada, [ada, alias], Array.from({ length: 20 }, (_, n) => contactId(`${n}`))];
  const of = { journey: cartRecovery, key: 'cart1' };
  for (const contact of contacts) await enrollments.lastOf(shop, { contact, ...of });
  await Promise.all([ada, alias].map((contact) => enrollments.lastOf(shop, { contact, ...of })));
  const scopes = [
    {},
    { journey: cartRecovery },
    { journey: cartRecovery, step: stepId('wait') },
    { contact: ada },
    { contact: [ada, alias], journey: cartRecovery, step: stepId('wait') },
    { key: 'cart1' },
    { key: 'cart1', journey: cartRecovery },
  ];
  for (const scope of scopes) {
    await pages((request) => enrollments.list(shop, scope, request));
    for (const status of ['starting', 'open', 'ended'] as const) {
      await pages((request) => enrollments.list(shop, { ...scope, status }, request));
    }
  }
  await enrollments.close(shop, row.id, converted);
  await enrollments.open(anEnrollment(1, { enteredBy: eventKey('entry 2') }), due);
  await enrollments.idsOf(shop, [ada, alias]);
  await enrollments.erase(shop, [ada, alias]);
};

const messages: Work = async ({ messages }) => {
  const { id } = aClaim(100);
  const put = { status: 'claimed', attempts: 1, nextAttemptAt: 5_000 } as const;
  for (const again of [aClaim(100), aClaim(100)]) await messages.claim(again);
  await messages.beginAttempt(shop, id, 2_000);
  await messages.putOff(shop, id, { ...put, trouble: { kind: 'unreachable', at: 2_000 } });
  await messages.beginHanding(shop, id, 5);
  await messages.settle(shop, id, { status: 'unknown', because: 'unanswered', at: 2_000 });
  await messages.resolve(shop, id, 'sent');
  await messages.report(shop, (await messages.find(shop, id))?.id ?? id, { kind: 'opened', at: 3 });
  await messages.ofEnrollment(shop, cartEnrollment);
  await messages.erase(shop, [ada, alias]);
  const scopes = [{}, { contact: ada }, { contact: [ada, alias] }, { enrollment: cartEnrollment }];
  await pages((request) => messages.list(shop, { status: 'failed' }, request));
  for (const scope of scopes) {
    await pages((request) => messages.list(shop, scope, request));
    await pages((request) => messages.list(shop, { ...scope, status: 'sent' }, request));
  }
};

const recipients: Work = async ({ recipients, addressCounts }) => {
  const place = { journey: cartRecovery, key: 'cart1', step: stepId('remind') };
  const recipient = { ...place, channel: 'email', address: 'a@x.it' } as const;
  const { id: message } = aClaim(100);
  const until = Date.now() + 1e9;
  const asking = { contacts: [ada, alias], message, at: 1_000, since: 0, until } as const;
  await recipients.take(shop, recipient, asking);
  await recipients.take(shop, recipient, asking);
  const other = contactId('other');
  await recipients.take(shop, recipient, { ...asking, contacts: [other] });
  await recipients.take(shop, recipient, { ...asking, contacts: [other], insteadOf: message });
  const onDay = { channel: 'email', address: 'a@x.it', day: 1 } as const;
  const counting = { message, most: 2, until };
  for (const again of [counting, counting]) await addressCounts.count(shop, onDay, again);
  await addressCounts.discount(shop, onDay, message);
};

const decisions: Work = async ({ decisions, timeline, events }) => {
  await decisions.record([aDecision('one'), aDecision('two'), aRefusal('three')]);
  await events.insert(anEvent('seen'), due);
  await decisions.find(shop, 'one');
  await decisions.ofEnrollment(shop, cartEnrollment);
  await pages((request) => decisions.ofContact(shop, [ada, alias], request));
  await pages((request) => decisions.refusals(shop, request));
  await pages((request) => timeline.ofContact(shop, [ada, alias], request));
  await decisions.erase(shop, [ada, alias]);
};

const requests: Work = async ({
  dataKeys,
  idempotency,
  keys,
  limits,
  rejections,
  suppressions,
}) => {
  const request = { route: 'post /v1/x', key: 'k', fingerprint: 'f' };
  const keeping = { now: 0, leaseMs: 10, keepMs: 100 };
  await idempotency.begin(shop, request, keeping);
  await idempotency.begin(shop, request, keeping);
  await idempotency.finish(shop, request, { status: 200, body: {}, contact: ada });
  await idempotency.erase(shop, [ada, alias]);
  await idempotency.forget(shop, request, keeping);
  await dataKeys.ensure('one');
  await dataKeys.find('one');
  await dataKeys.make('two');
  await dataKeys.reseal(3);
  await dataKeys.remove(['one']);
  await keys.put(aKey('hash'));
  await keys.findByHash('hash');
  await pages((asked) => keys.list(shop, asked));
  await keys.remove(shop, apiKeyId('id of hash'));
  const start = { contact: ada, journey: cartRecovery, event: eventKey('e') };
  await limits.reserve(shop, { ...start, at: 1_000, starts: 1, since: 0 });
  await limits.release(shop, start);
  const rejection = { id: 'r', at: 1, source: 'segment', faults: [] };
  await rejections.record(shop, rejection, Date.now() + 1e9);
  await pages((asked) => rejections.list(shop, asked));
  const place = { channel: 'email', address: 'a@x.it' } as const;
  for (const because of ['unsubscribed', 'unsubscribed', 'bounced'] as const) {
    await suppressions.suppress(shop, { ...place, because, at: 1_000 });
  }
  await suppressions.ofAddress(shop, 'email', 'a@x.it');
  await suppressions.resubscribe(shop, { ...place, purpose: 'marketing', at: 2_000 });
  await suppressions.lift(shop, place);
};

const published: Work = async ({ journeys, templates }) => {
  const template = { id: templateId('t'), source: {}, compiled: {} };
  await journeys.publish(shop, aPublication('one'));
  await journeys.publish(shop, aPublication('two'));
  await journeys.live(shop);
  await journeys.version(shop, cartRecovery, 1);
  await journeys.find(shop, cartRecovery);
  const { nextCursor: cursor } = await journeys.versions(shop, cartRecovery, { limit: 1 });
  await journeys.versions(shop, cartRecovery, { limit: 1, cursor });
  await journeys.source(shop, cartRecovery, 1);
  await journeys.list(shop, { limit: 1 });
  for (const contentHash of ['a', 'b']) {
    await templates.put(shop, template, { contentHash, at: 1_000 });
  }
  await templates.find(shop, template.id);
  await templates.all(shop);
  await templates.list(shop, { limit: 1 });
};

/** Calls every verb of the store, each list with its pages and filters. */
export const everyVerb: readonly Work[] = [
  events,
  enrollments,
  messages,
  recipients,
  pressures,
  contacts,
  decisions,
  requests,
  published,
  settings,
];
