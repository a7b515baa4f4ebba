import {
  acted,
  branched,
  ended,
  entered,
  erased,
  ignored,
  intervened,
  merged,
  noted,
  refreshed,
  refused,
} from '../../../src/core/decisions/decisions';
import { messageResolved, messageSettled } from '../../../src/core/decisions/message-decisions';
import {
  contactId,
  enrollmentId,
  eventKey,
  journeyId,
  messageId,
  stepId,
  workspaceId,
} from '../../../src/core/ids';

const noon = Date.UTC(2026, 0, 15, 12);
const iso = '2026-01-15T12:00:00.000Z';
const workspace = workspaceId('shop');
const contact = contactId('cada');
const journey = journeyId('cart');
const step = stepId('remind');
const enrollment = { id: enrollmentId('cart.cada.k.1'), workspace, contact, journey, version: 3 };
const key = eventKey('e1');
const event = { key, workspace, contact, name: 'Cart Updated', occurredAt: noon, receivedAt: 7 };
const message = { id: messageId('m1'), workspace, contact, enrollment: enrollment.id, step };
const subject = { workspace, contact, enrollment: enrollment.id, journey };

describe('a decision about an enrollment', () => {
  it('says which event opened it, and under which version', () => {
    expect(entered(enrollment, event)).toEqual({
      ...subject,
      id: 'cart.cada.k.1/entered',
      at: 7,
      kind: 'entered',
      because: 'Cart Updated',
      event: 'e1',
      facts: { version: 3, occurredAt: iso },
    });
  });

  it('says which event refreshed it, once for each event', () => {
    expect(refreshed(enrollment, event)).toEqual({
      ...subject,
      id: 'cart.cada.k.1/refreshed/e1',
      at: 7,
      kind: 'refreshed',
      because: 'Cart Updated',
      event: 'e1',
      facts: { occurredAt: iso },
    });
  });

  it('says who stepped in', () => {
    const facts = { action: 'exit', by: 'desk', reason: 'asked' };

    expect(intervened(enrollment, event, facts)).toEqual({
      ...subject,
      id: 'cart.cada.k.1/intervened/e1',
      at: 7,
      kind: 'intervened',
      because: 'operator',
      event: 'e1',
      facts,
    });
  });

  it('carries the number of the note that the workflow took', () => {
    expect(noted(enrollment, [{ seq: 4, at: 8, kind: 'timed-out', step }])).toEqual([
      { ...subject, id: 'cart.cada.k.1/note/4', at: 8, kind: 'timed-out', step },
    ]);
  });

  it('says which case of a branch was taken, once for each visit', () => {
    const decided = { because: 'case 2', at: 9, facts: { 'cart.total': 10 } } as const;

    expect(branched(enrollment, { step, visit: 2, ...decided })).toEqual({
      ...subject,
      id: 'cart.cada.k.1/remind/2',
      kind: 'branched',
      step,
      ...decided,
    });
  });

  it('says why it ended, and when the event that ended it occurred', () => {
    const by = { event: key, occurredAt: noon };
    const ending = { as: 'converted', because: 'exit-event', at: 9, by } as const;

    expect(ended(enrollment, ending)).toEqual({
      ...subject,
      id: 'cart.cada.k.1/ended',
      at: 9,
      kind: 'ended',
      because: 'exit-event',
      facts: { as: 'converted', occurredAt: iso },
      event: 'e1',
    });
  });

  it('names no event where none ended it', () => {
    const decision = ended(enrollment, { as: 'completed', because: 'completed', at: 9 });

    expect(decision.facts).toEqual({ as: 'completed' });
    expect(decision).not.toHaveProperty('event');
  });
});

describe('a decision about an event', () => {
  it('says which journey refused it, once for each journey', () => {
    expect(refused(event, { journey, reason: 'already-converted' })).toEqual({
      workspace,
      contact,
      journey,
      id: 'e1/refused/cart',
      at: 7,
      kind: 'refused',
      because: 'already-converted',
      event: 'e1',
    });
  });

  it('says once that its id came again with other content', () => {
    expect(ignored(event, 'reused-id', 9)).toEqual({
      workspace,
      contact,
      id: 'e1/conflict',
      at: 9,
      kind: 'refused',
      because: 'reused-id',
      event: 'e1',
    });
  });

  it('R32: says once that it names nobody', () => {
    const line = ignored(event, 'names-nobody', 9);

    expect(line).toMatchObject({ id: 'e1/names-nobody', because: 'names-nobody' });
  });
});

describe('a decision about a message', () => {
  const sent = { channel: 'email', purpose: 'marketing', template: 'reminder' };

  it('says what became of it', () => {
    const settled = { ...message, ...sent, status: 'sent', providerId: 'p1', at: 9 } as const;

    expect(messageSettled(enrollment, settled)).toEqual({
      ...subject,
      id: 'm1/message',
      at: 9,
      kind: 'sent',
      step,
      facts: sent,
      message: 'm1',
    });
  });

  it('says why it was not sent, and that its hand-over was repeated', () => {
    const because = 'address-refused';
    const settled = { ...message, ...sent, status: 'failed', because, at: 9 } as const;

    expect(messageSettled(enrollment, { ...settled, repeated: true })).toMatchObject({
      kind: 'failed',
      because,
      facts: { ...sent, repeated: true },
    });
  });

  it('says what an operator found out', () => {
    const finding = { status: 'sent', at: 9, by: 'desk', reason: 'in the log' } as const;

    expect(messageResolved(message, { ...finding, journey })).toEqual({
      ...subject,
      id: 'm1/resolved',
      at: 9,
      kind: 'sent',
      step,
      because: 'operator',
      facts: { by: 'desk', reason: 'in the log' },
      message: 'm1',
    });
  });

  it('names no journey where its enrollment is not stored', () => {
    const finding = { status: 'failed', at: 9, by: 'desk', reason: 'in the log' } as const;

    const decision = messageResolved(message, { ...finding, journey: undefined });

    expect(decision).not.toHaveProperty('journey');
  });
});

describe('a decision about a contact', () => {
  it('says into which contact it was merged', () => {
    const pair = { survivor: contact, merged: contactId('cvisitor') };

    expect(merged(event, pair)).toEqual({
      workspace,
      contact,
      id: 'cvisitor/merged',
      at: 7,
      kind: 'merged',
      facts: pair,
      event: 'e1',
    });
  });

  it('says that it was erased', () => {
    expect(erased(event)).toEqual({
      workspace,
      contact,
      id: 'cada/erased',
      at: 7,
      kind: 'erased',
      event: 'e1',
    });
  });

  it('says that an action was carried out, or why not', () => {
    const taken = { step, visit: 2, at: noon, action: 'change-contact' };
    const line = { ...subject, id: 'cart.cada.k.1/remind/2', at: noon, step };
    const facts = { action: 'change-contact' };

    expect(acted(enrollment, { ...taken, because: undefined })).toEqual({
      ...line,
      kind: 'acted',
      facts,
    });
    expect(acted(enrollment, { ...taken, because: 'action-failed' })).toEqual({
      ...line,
      kind: 'not-acted',
      because: 'action-failed',
      facts,
    });
  });
});
