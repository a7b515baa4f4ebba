import type { Contact } from '../../src/core/contacts/contact';
import type { CompiledJourney } from '../../src/core/journeys/compiled-journey';
import type { RefusedDecision, WayDecision } from '../../src/core/decisions/decision';
import type { Enrollment } from '../../src/core/enrollments/enrollment';
import type { Snapshot } from '../../src/core/events/event';
import {
  apiKeyId,
  contactId,
  enrollmentIdOf,
  eventId,
  eventKey,
  journeyId,
  messageIdOf,
  stepId,
  templateId,
  workspaceId,
} from '../../src/core/ids';
import type { Journey } from '../../src/core/journeys/journey';
import type { Message } from '../../src/core/messages/message';
import type { RoutedEvent, Target, UnroutedEvent } from '../../src/core/events/recorded-event';
import type { Publication } from '../../src/store/journeys/journeys';
import type { ApiKey } from '../../src/store/keys';

export const shop = workspaceId('shop');
export const rival = workspaceId('rival');
export const ada = contactId('cada');
export const cartRecovery = journeyId('cart-recovery');

export const cartEnrollment = enrollmentIdOf({
  journey: cartRecovery,
  contact: ada,
  tag: 'cart1',
  n: 1,
});

/** Ids that count: c1, c2, … */
export function countedIds() {
  let count = 0;
  return () => contactId(`c${(count += 1)}`);
}

/** Ids that count and sort as they count. */
export function orderedIds() {
  let count = 0;
  return () => contactId(`c${String((count += 1)).padStart(8, '0')}`);
}

export function aKey(hash: string, facts: Partial<ApiKey> = {}): ApiKey {
  return {
    id: apiKeyId(`id of ${hash}`),
    hash,
    workspace: shop,
    name: 'server',
    scopes: ['events:write'],
    createdAt: 1_000,
    ...facts,
  };
}

type EventFacts = Partial<Omit<RoutedEvent, 'status' | 'because' | 'unrouted'>> &
  Readonly<{ status?: 'pending' | 'delivered' }>;

export function anEvent(name: string, facts: EventFacts = {}): RoutedEvent {
  return {
    id: eventId(name),
    key: eventKey(`key of ${name}`),
    name,
    contact: ada,
    occurredAt: 1_000,
    receivedAt: 1_000,
    properties: {},
    workspace: shop,
    fingerprint: 'fingerprint',
    status: 'pending',
    targets: [],
    refusals: [],
    ...facts,
  };
}

/** An event that was set aside. */
export function aDeadEvent(name: string, facts: EventFacts = {}): RoutedEvent {
  return { ...anEvent(name, facts), status: 'dead', because: 'It cannot be encoded' };
}

/** An event that is recorded only. */
export function anUnroutedEvent(name: string, facts: EventFacts = {}): UnroutedEvent {
  const {
    command: _command,
    because: _because,
    unrouted: _unrouted,
    ...event
  } = anEvent(name, facts);
  return { ...event, status: 'delivered', targets: [], refusals: [], unrouted: 'too-old' };
}

export function aTarget(n: number): Target {
  const parts = { journey: cartRecovery, contact: ada, tag: 'cart1', n };
  return { enrollment: enrollmentIdOf(parts), effect: { kind: 'told' } };
}

export function aSnapshot(event: string, occurredAt: number, receivedAt = occurredAt): Snapshot {
  const properties = { event };
  return { event: eventKey(event), name: 'Cart Updated', occurredAt, receivedAt, properties };
}

/** Ada's n-th enrollment for her first cart, entered by an event of the same number. */
export function anEnrollment(n: number, facts: Partial<Enrollment> = {}): Enrollment {
  return {
    id: enrollmentIdOf({ journey: cartRecovery, contact: ada, tag: 'cart1', n }),
    workspace: shop,
    journey: cartRecovery,
    version: 1,
    contact: ada,
    key: 'cart1',
    n,
    enteredBy: eventKey(`entry ${n}`),
    listens: ['Order Completed'],
    snapshot: aSnapshot(`entry ${n}`, 1_000),
    firstEntryAt: 1_000,
    openedAt: 1_000,
    started: false,
    step: stepId('wait'),
    since: 1_000,
    ...facts,
  };
}

export function aClaim(visit: number): Message & Readonly<{ status: 'claimed' }> {
  return {
    id: messageIdOf(cartEnrollment, stepId('remind'), visit),
    workspace: shop,
    enrollment: cartEnrollment,
    contact: ada,
    step: stepId('remind'),
    visit,
    template: templateId('reminder'),
    purpose: 'marketing',
    channel: 'email',
    provider: 'smtp',
    status: 'claimed',
    at: 1_000 + visit,
  };
}

type Branched = Extract<WayDecision, { kind: 'branched' }>;

export function aDecision(id: string, facts: Partial<Branched> = {}): Branched {
  return {
    id,
    workspace: shop,
    contact: ada,
    enrollment: cartEnrollment,
    journey: cartRecovery,
    at: 1_000,
    kind: 'branched',
    step: stepId('which'),
    because: 'otherwise',
    ...facts,
  };
}

export function aRefusal(id: string): RefusedDecision {
  return {
    id,
    workspace: shop,
    contact: ada,
    journey: cartRecovery,
    at: 1_000,
    kind: 'refused',
    because: 'limit',
    event: eventKey('entry 1'),
  };
}

/** A publication whose content is told apart by the journey's name. */
export function aPublication(name: string): Publication {
  const source: Journey = {
    id: cartRecovery,
    name,
    stage: 'decision',
    entry: { events: ['Cart Updated'] },
    steps: [{ id: 'wait', kind: 'wait', for: 'PT1H' }],
  };
  return { source, compile: (version) => compiled(name, version), contentHash: name, at: 1_000 };
}

function compiled(name: string, version: number): CompiledJourney {
  return {
    id: cartRecovery,
    version,
    name,
    stage: 'decision',
    entry: { events: ['Cart Updated'], key: [], repeat: 'ignore', again: 'afterExit' },
    exits: [],
    first: null,
    steps: {},
    listens: [],
    needs: { event: [], entry: [] },
  };
}

export const idsOf = (contacts: readonly Contact[]): readonly string[] =>
  contacts.map(({ id }) => id);
