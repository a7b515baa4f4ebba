import { compile } from '../../../src/core/journeys/compile';
import type { CompiledSend } from '../../../src/core/journeys/steps/send';
import type { Purpose } from '../../../src/core/channels';
import type { Contact } from '../../../src/core/contacts/contact';
import {
  contactId,
  enrollmentId,
  journeyId,
  messageId,
  stepId,
  templateId,
  workspaceId,
} from '../../../src/core/ids';
import { judge, type SendFacts } from '../../../src/core/messages/judge';
import { snapshotOf } from '../../../src/core/events/event';
import { aJourney, anEvent } from '../../support/core/builders';

const hour = 3_600_000;
const noon = Date.UTC(2026, 0, 15, 12);
const journey = compile(aJourney({ exits: [{ events: ['Order Completed'], as: 'converted' }] }), 1);
const entry = anEvent({ occurredAt: noon });
const given = (isGiven: boolean) => ({ given: isGiven, at: noon });

const step = (purpose: Purpose): CompiledSend => ({
  kind: 'send',
  id: stepId('remind'),
  template: templateId('reminder'),
  purpose,
  channels: ['email'],
  delivery: 'at-most-once',
  next: null,
});

const contact: Contact = {
  id: contactId('c1'),
  anonymousIds: [],
  externalIds: [],
  email: 'ada@shop.test',
  traits: {},
  tags: [],
  consents: {},
  createdAt: noon,
  updatedAt: noon,
};

const facts: SendFacts = {
  now: noon,
  enrollment: {
    id: enrollmentId('cart-recovery.c1.tag.1'),
    workspace: workspaceId('w'),
    journey: journeyId('cart-recovery'),
    version: 1,
    contact: contact.id,
    key: '',
    n: 1,
    enteredBy: entry.key,
    listens: [],
    snapshot: snapshotOf(entry),
    firstEntryAt: noon,
    openedAt: noon,
    started: true,
    step: stepId('remind'),
    since: noon,
  },
  exitEvents: [],
  contact,
  route: { channel: 'email', address: 'ada@shop.test' },
  suppressions: [],
  message: { id: messageId('cart-recovery.c1.tag.1.remind.1'), claimedAt: noon },
  zone: 'Europe/Rome',
  quietHours: [],
};

describe('the send gate', () => {
  it('lets a service message through without consent', () => {
    expect(judge(journey, step('service'), facts)).toEqual({
      kind: 'go',
      channel: 'email',
      address: 'ada@shop.test',
    });
  });

  it('holds a marketing message back without consent', () => {
    expect(judge(journey, step('marketing'), facts)).toMatchObject({
      kind: 'skip',
      because: 'no-consent',
    });
  });

  it.each([
    ['marketing', 'skip'],
    ['service', 'skip'],
    ['transactional', 'go'],
  ] as const)('after a refusal of %s it says %s', (purpose, kind) => {
    const refusing = { ...contact, consents: { [purpose]: { email: given(false) } } };

    expect(judge(journey, step(purpose), { ...facts, contact: refusing })).toMatchObject({ kind });
  });

  it.each([
    ['bounced', 'transactional', 'skip'],
    ['complained', 'service', 'skip'],
    ['unsubscribed', 'service', 'skip'],
    ['unsubscribed', 'transactional', 'go'],
  ] as const)('with the address %s, a %s message: %s', (because, purpose, kind) => {
    const suppressions = [{ channel: 'email', because, at: noon }] as const;

    expect(judge(journey, step(purpose), { ...facts, suppressions })).toMatchObject({ kind });
  });

  it.each([
    ['marketing', 'marketing', 'skip'],
    ['marketing', 'service', 'go'],
    ['service', 'service', 'skip'],
    ['service', 'transactional', 'go'],
  ] as const)(
    'fault 11: with the address unsubscribed from %s, a %s message: %s',
    (unsubscribed, purpose, kind) => {
      const consents = { [purpose]: { email: given(true) } };
      const suppressions = [
        { channel: 'email', because: 'unsubscribed', purpose: unsubscribed, at: noon },
      ] as const;
      const known = { ...facts, contact: { ...contact, consents }, suppressions };

      expect(judge(journey, step(purpose), known)).toMatchObject({ kind });
    },
  );

  it('fault 11: names the strongest reason that holds the message back', () => {
    const suppressions = [
      { channel: 'email', because: 'bounced', at: noon },
      { channel: 'email', because: 'unsubscribed', purpose: 'service', at: noon },
    ] as const;

    const verdict = judge(journey, step('service'), { ...facts, suppressions });

    expect(verdict).toMatchObject({ kind: 'skip', because: 'bounced' });
  });

  it('ends the enrollment when an exit is stored that its workflow has not heard of', () => {
    const order = anEvent({ id: 'order', name: 'Order Completed', occurredAt: noon + 1 });

    const verdict = judge(journey, step('service'), { ...facts, exitEvents: [order] });

    expect(verdict).toEqual({
      kind: 'end',
      ending: {
        as: 'converted',
        because: 'exit-event',
        by: { event: order.key, occurredAt: noon + 1 },
      },
    });
  });

  it('fault 1: is not closed by the event that opened the enrollment or refreshed it', () => {
    const winBack = compile(
      aJourney({
        entry: { events: ['Order Completed'], repeat: 'refresh' },
        exits: [{ events: ['Order Completed'], as: 'bought-again' }],
      }),
      1,
    );
    const order = anEvent({ id: 'order', name: 'Order Completed', occurredAt: noon });
    const other = anEvent({ id: 'other', name: 'Order Completed', occurredAt: noon + 1 });
    const opened = { ...facts.enrollment, enteredBy: order.key, snapshot: snapshotOf(order) };
    const exitEvents = [order, other];

    const verdicts = [
      judge(winBack, step('service'), { ...facts, enrollment: opened, exitEvents: [order] }),
      judge(winBack, step('service'), {
        ...facts,
        enrollment: { ...opened, snapshot: snapshotOf(other) },
        exitEvents,
      }),
      judge(winBack, step('service'), { ...facts, enrollment: opened, exitEvents }),
    ];

    expect(verdicts).toMatchObject([
      { kind: 'go' },
      { kind: 'go' },
      { kind: 'end', ending: { as: 'bought-again', by: { event: other.key } } },
    ]);
  });

  it('fault 12: ends an enrollment that has reached its greatest age', () => {
    const aging = compile(aJourney({ settings: { until: 'PT2H' } }), 1);
    const at = (now: number) => judge(aging, step('service'), { ...facts, now });

    expect(at(noon + 2 * hour - 1)).toMatchObject({ kind: 'go' });
    expect(at(noon + 2 * hour)).toEqual({
      kind: 'end',
      ending: { as: 'expired', because: 'expired' },
    });
  });

  it('names the end that stands already', () => {
    const ended = { as: 'completed', because: 'completed', at: noon } as const;

    const verdict = judge(journey, step('service'), {
      ...facts,
      enrollment: { ...facts.enrollment, ended },
    });

    expect(verdict).toMatchObject({ kind: 'end', ending: { as: 'completed' } });
  });

  it('skips a contact that has been erased', () => {
    const { contact: _gone, ...erased } = facts;

    expect(judge(journey, step('service'), erased)).toMatchObject({ because: 'contact-erased' });
  });

  it('skips a contact without an address', () => {
    const unreachable: SendFacts = { ...facts, route: { channel: 'email' } };

    expect(judge(journey, step('service'), unreachable)).toMatchObject({ because: 'no-address' });
  });
});
