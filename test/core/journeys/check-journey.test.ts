import { actionChecks } from '../../../src/activities/act/actions/actions';
import fc from 'fast-check';
import { checkJourney } from '../../../src/core/journeys/checks/check-journey';
import type { Fault } from '../../../src/core/domain-error';
import type { Journey } from '../../../src/core/journeys/journey';
import type { Step } from '../../../src/core/journeys/steps/kinds';
import { anyJourney } from '../../support/core/any-journey';
import { aJourney } from '../../support/core/builders';
import { faultsIn, knownTemplates } from '../../support/core/faults-in';

describe('checking a journey', () => {
  it('finds nothing wrong with a sound one', () => {
    expect(checkJourney(aJourney(), knownTemplates)).toEqual({ faults: [], warnings: [] });
  });

  it('refuses a template that does not exist', () => {
    const { faults } = checkJourney(aJourney(), {
      templates: new Set(['offer']),
      actions: new Map(),
    });

    expect(faults).toEqual([
      {
        pointer: '/steps/0/template',
        code: 'unknown-template',
        detail:
          'Step "remind" sends template "reminder", which does not exist; upload it first, or name one of "offer"',
      },
    ]);
  });

  it.each(['cart_id', 'event.properties.cart_id', 'properties.products[].id', 'contact.id'])(
    'refuses the key %s, which never has one value',
    (path) => {
      expect(faultsIn({ entry: { key: ['properties.cart_id', path] } })).toMatchObject([
        { pointer: '/entry/key/1', code: 'unfit-key' },
      ]);
    },
  );

  it('takes the contact as the last path of a key only', () => {
    const keyed = (...key: readonly string[]) => faultsIn({ entry: { key } });

    expect(keyed('properties.cart_id', 'contact')).toEqual([]);
    expect(keyed('contact', 'properties.cart_id')).toMatchObject([
      { pointer: '/entry/key/0', code: 'unfit-key' },
    ]);
  });

  it('refuses the key of an exit that no entry gives', () => {
    const exits = [{ events: ['A'], key: ['properties.cart_id', 'contact'], as: 'converted' }];

    expect(faultsIn({ entry: { key: ['properties.cart_id', 'contact'] }, exits })).toEqual([]);
    expect(faultsIn({ entry: { key: ['properties.cart_id'] }, exits })).toMatchObject([
      { pointer: '/exits/0/key/1', code: 'unfit-key' },
    ]);
    expect(faultsIn({ entry: {}, exits })).toHaveLength(2);
  });

  it('refuses an end after which nobody would be kept out', () => {
    const again = (...notAfter: readonly string[]) =>
      faultsIn({ entry: { again: { notAfter } }, exits: [{ events: ['A'], as: 'converted' }] });

    expect(again('converted', 'completed')).toEqual([]);
    expect(again('converted', 'noted')).toMatchObject([
      { pointer: '/entry/again/notAfter/1', code: 'unknown-end' },
    ]);
  });
});

describe('a warning', () => {
  const hear: Step = { id: 'hear', kind: 'waitFor', events: [{ names: ['A'] }], timeout: 'PT1H' };
  const warningsOf = (facts: Partial<Journey>): readonly Fault[] =>
    checkJourney(aJourney(facts), knownTemplates).warnings;

  it('comes with a waitFor in a journey that has no exit', () => {
    expect(warningsOf({ steps: [hear] })).toMatchObject([
      { pointer: '/steps/0', code: 'wait-without-exit' },
    ]);
    expect(warningsOf({ steps: [hear], exits: [{ events: ['B'], as: 'converted' }] })).toEqual([]);
  });

  it('fault 13: warns of restarts that may never end', () => {
    const entry = { events: ['A'], key: ['properties.id'], repeat: 'restart' } as const;

    expect(warningsOf({ entry })).toMatchObject([
      { pointer: '/entry/repeat', code: 'restart-without-end' },
    ]);
    expect(warningsOf({ entry, settings: { until: 'PT168H' } })).toEqual([]);
  });

  it('R50: comes with a name that Segment does not publish any more', () => {
    const exits = [{ events: ['order_completed'], as: 'converted' }];
    const steps: Step[] = [
      { ...hear, events: [{ names: ['Order Completed', 'Completed Order'] }] },
    ];

    expect(warningsOf({ entry: { events: ['Viewed Product'] }, exits, steps })).toMatchObject([
      { pointer: '/entry/events', code: 'older-name' },
      { pointer: '/exits/0/events', code: 'older-name' },
    ]);
    expect(warningsOf({ entry: { events: ['Product Viewed', 'Signed_Up'] } })).toEqual([]);
  });

  it('comes with a refresh without a key', () => {
    expect(warningsOf({ entry: { events: ['A'], repeat: 'refresh' } })).toMatchObject([
      { pointer: '/entry/repeat', code: 'refresh-without-key' },
    ]);
    expect(
      warningsOf({ entry: { events: ['A'], repeat: 'refresh', key: ['contact'] } }),
    ).toMatchObject([{ code: 'refresh-without-key' }]);
    expect(
      warningsOf({ entry: { events: ['A'], repeat: 'refresh', key: ['properties.id'] } }),
    ).toEqual([]);
  });
});

describe('any journey that is one in form', () => {
  it('is judged without an error, and every fault points into it', () => {
    fc.assert(
      fc.property(anyJourney(), (journey) => {
        const { faults, warnings } = checkJourney(journey, knownTemplates);

        const pointers = [...faults, ...warnings].map(({ pointer }) =>
          pointer.replace(/\/to$/, ''),
        );
        expect(pointers.filter((pointer) => !leadsInto(journey, pointer))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [{ action: 'fly' }, '/steps/0/action', 'unknown-action', 'name one of "change-contact"'],
    [
      { action: 'change-contact', input: { addTags: 'vip' } },
      '/steps/0/input/addTags',
      'unfit-input',
      'an input it does not take',
    ],
    [{ action: 'change-contact' }, '/steps/0/input', 'unfit-input', 'give at least one of traits'],
  ])('faults an action that cannot be carried out: %j', (asked, pointer, code, remedy) => {
    const journey = aJourney({ steps: [{ id: 'tag', kind: 'act', ...asked }] });

    const { faults } = checkJourney(journey, { templates: new Set(), actions: actionChecks });

    expect(faults).toEqual([
      expect.objectContaining({ pointer, code, detail: expect.stringContaining(remedy) as string }),
    ]);
  });
});

function leadsInto(journey: Journey, pointer: string): boolean {
  const found = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (value, name) => (typeof value === 'object' && value ? Reflect.get(value, name) : undefined),
      journey,
    );
  return found !== undefined;
}
