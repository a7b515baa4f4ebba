import fc from 'fast-check';
import type { z } from 'zod';
import { journeySchema } from '../../../src/core/journeys/journey.schema';
import { conditionSchema } from '../../../src/core/conditions/condition.schema';
import { contactChangeInput, contactRefSchema } from '../../../src/core/contacts/contact.schema';
import { enrollInputSchema } from '../../../src/core/enrollments/enrollment.schema';
import { eventInputSchema } from '../../../src/core/events/event.schema';
import { arbitraryCondition } from '../../support/core/arbitrary-condition';
import { anyJourney } from '../../support/core/any-journey';
import { aJourney } from '../../support/core/builders';

/** Where the schema finds fault, as dotted paths; empty where it finds none. */
function placesIn(schema: z.ZodType, value: unknown): readonly string[] {
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).map(({ path }) => path.join('.'));
}

function nested(depth: number): unknown {
  return JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
}

describe('a journey in form', () => {
  it('is taken as it is, whatever it means', () => {
    fc.assert(
      fc.property(anyJourney(), (journey) => {
        expect(journeySchema.parse(journey)).toEqual(journey);
      }),
    );
  });

  it.each<[string, object]>([
    ['id', { id: 'Cart Recovery' }],
    ['id', { id: 'a'.repeat(65) }],
    ['name', { name: '' }],
    ['stage', { stage: 'purchase' }],
    ['', { colour: 'red' }],
    ['entry', { entry: { schedule: 'daily' } }],
    ['entry.limit.starts', { entry: { limit: { starts: 0, within: 'P1D' } } }],
    ['exits.0.as', { exits: [{ events: ['A'], as: 'Converted!' }] }],
    ['exits.0.events', { exits: [{ events: [], as: 'converted' }] }],
    ['steps.0.id', { steps: [{ id: 'a'.repeat(41), kind: 'exit' }] }],
    ['steps.0.id', { steps: [{ id: 'constructor', kind: 'exit' }] }],
    ['steps.0.kind', { steps: [{ id: 'a', kind: 'split' }] }],
    ['steps.0', { steps: [{ id: 'a', kind: 'exit', next: 'b' }] }],
    ['steps.0.for', { steps: [{ id: 'a', kind: 'wait', for: 3600 }] }],
    ['steps.0.cases', { steps: [{ id: 'a', kind: 'branch', cases: [] }] }],
    ['steps.0.cases.0.when', { steps: [{ id: 'a', kind: 'branch', cases: [{ next: 'a' }] }] }],
    ['steps', { steps: Array.from({ length: 101 }, (_, n) => ({ id: `s${n}`, kind: 'exit' })) }],
  ])('is refused at "%s" for %j', (place, facts) => {
    expect(placesIn(journeySchema, { ...aJourney(), ...facts })).toEqual([place]);
  });
});

describe('a condition in form', () => {
  it('is taken as it is, whatever it means', () => {
    fc.assert(
      fc.property(arbitraryCondition, (condition) => {
        expect(conditionSchema.parse(condition)).toEqual(condition);
      }),
    );
  });

  it.each<[string, unknown]>([
    ['', null],
    ['', 'yes'],
    ['', []],
    ['', {}],
    ['', { fact: 'event.name' }],
    ['', { all: [], any: [] }],
    ['', { fact: 'event.name', is: 'exists', because: 'so' }],
    ['all', { all: [] }],
    ['any', { any: 'yes' }],
    ['all.1.not', { all: [{ fact: 'event.name', is: 'exists' }, { not: 1 }] }],
    ['fact', { fact: 'event..name', is: 'exists' }],
    ['fact', { fact: 'event.items[0].id', is: 'exists' }],
    ['fact', { fact: { $ne: 1 }, is: 'exists' }],
    ['is', { fact: 'event.name', is: 'matches', to: 'x' }],
  ])('is refused at "%s" for %j', (place, value) => {
    expect(placesIn(conditionSchema, value)).toEqual([place]);
  });

  it('is at most eight deep', () => {
    const deep = (depth: number): unknown =>
      JSON.parse(
        `${'{"not":'.repeat(depth - 1)}{"fact":"event.a","is":"exists"}${'}'.repeat(depth - 1)}`,
      );

    expect(placesIn(conditionSchema, deep(8))).toEqual([]);
    expect(placesIn(conditionSchema, deep(9))).toEqual(['not.not.not.not.not.not.not.not']);
    expect(placesIn(conditionSchema, deep(50_000))).toHaveLength(1);
  });
});

describe('a contact reference', () => {
  it.each([
    { id: 'c1' },
    { userId: 'u1' },
    { anonymousId: 'a1' },
    { email: 'ada@example.com' },
    { email: "o'neil+shop@münchen.example" },
    { phone: '+391234567' },
    { externalIds: [{ type: 'shopify', id: '1' }] },
  ])('may be %j', (ref) => {
    expect(contactRefSchema.parse(ref)).toEqual(ref);
  });

  it.each<[string, unknown]>([
    ['', {}],
    ['userId', { userId: '' }],
    ['userId', { userId: 7 }],
    ['userId', { userId: { $ne: null } }],
    ['userId', { userId: 'x'.repeat(201) }],
    ['email', { email: { $gt: '' } }],
    ['email', { email: 'ada' }],
    ['email', { email: 'ada@example.com, eve@example.com' }],
    ['email', { email: 'ada,eve@example.com' }],
    ['email', { email: 'Ada <ada@example.com>' }],
    ['email', { email: 'ada@example.com\r\nBcc: eve@example.com' }],
    ['email', { email: 'ada\0@example.com' }],
    ['externalIds', { externalIds: [] }],
    ['externalIds.0', { externalIds: [{ type: 'shopify', id: '1', extra: 1 }] }],
    ['', { userId: 'u1', name: 'Ada' }],
  ])('is refused at "%s" for %j', (place, ref) => {
    expect(placesIn(contactRefSchema, ref)).toEqual([place]);
  });
});

describe('a change to a contact', () => {
  it.each([
    {},
    { email: 'ada@example.com', phone: '+391234567', locale: 'it-IT', timeZone: 'Europe/Rome' },
    { traits: { vip: true }, tags: ['b2b'] },
    { consents: { marketing: { email: true } } },
    { consents: { service: { email: { given: false, at: '2026-01-15T13:00:00+01:00' } } } },
  ])('may be %j', (change) => {
    expect(contactChangeInput.parse(change)).toEqual(change);
  });

  it.each<[string, unknown]>([
    ['timeZone', { timeZone: 'Rome' }],
    ['locale', { locale: 'it IT' }],
    ['consents', { consents: { profiling: { email: true } } }],
    ['consents.marketing', { consents: { marketing: { pigeon: true } } }],
    ['consents.marketing.email', { consents: { marketing: { email: 'yes' } } }],
    ['tags.0', { tags: [''] }],
    ['traits', { traits: ['vip'] }],
    ['', { createdAt: 0 }],
  ])('is refused at "%s" for %j', (place, change) => {
    expect(placesIn(contactChangeInput, change)).toEqual([place]);
  });
});

describe('an event', () => {
  const least = { name: 'Cart Updated', contact: { userId: 'u1' } };

  it.each([
    {},
    { id: 'e1', occurredAt: '2026-01-15T13:00:00.123+01:00', source: 'shop' },
    { properties: { cart_id: 'k1', products: [{ id: 1 }, null] }, context: { ip: '192.0.2.1' } },
  ])('may have %j', (facts) => {
    expect(eventInputSchema.parse({ ...least, ...facts })).toEqual({ ...least, ...facts });
  });

  it.each<[string, object]>([
    ['name', { name: '' }],
    ['name', { name: 'x'.repeat(101) }],
    ['id', { id: '' }],
    ['id', { id: 'x'.repeat(201) }],
    ['id', { id: { $ne: 1 } }],
    ['contact', { contact: {} }],
    ['contact.userId', { contact: { userId: ['u1'] } }],
    ['occurredAt', { occurredAt: '2026-01-15T13:00:00' }],
    ['occurredAt', { occurredAt: true }],
    ['properties', { properties: null }],
    ['properties', { properties: [] }],
    ['', { colour: 'red' }],
  ])('is refused at "%s" for %j', (place, facts) => {
    expect(placesIn(eventInputSchema, { ...least, ...facts })).toEqual([place]);
  });

  it.each(['__proto__', 'constructor', 'prototype', '$set', 'a.b', 'a\\u0000b'])(
    'R5: is taken in with a property named %s at any depth',
    (name) => {
      const properties: unknown = JSON.parse(`{ "list": [{ "a": { "${name}": 1 } }] }`);

      expect(placesIn(eventInputSchema, { ...least, properties })).toEqual([]);
    },
  );

  it('has properties at most 20 deep', () => {
    expect(placesIn(eventInputSchema, { ...least, properties: nested(20) })).toEqual([]);
    expect(placesIn(eventInputSchema, { ...least, properties: nested(21) })).toHaveLength(1);
    expect(placesIn(eventInputSchema, { ...least, properties: nested(50_000) })).toHaveLength(1);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, new Date(0), undefined, () => 1])(
    'is refused with what JSON cannot say: %p',
    (value) => {
      expect(placesIn(eventInputSchema, { ...least, properties: { value } })).toEqual([
        'properties.value',
      ]);
    },
  );
});

describe('a start of a journey', () => {
  it('names a contact, and may give key and data', () => {
    const start = { contact: { userId: 'u1' }, key: 'k1', data: { total: 1 } };

    expect(enrollInputSchema.parse(start)).toEqual(start);
    expect(placesIn(enrollInputSchema, { key: 'k1' })).toEqual(['contact']);
    expect(placesIn(enrollInputSchema, { ...start, key: { $ne: 1 } })).toEqual(['key']);
  });
});
