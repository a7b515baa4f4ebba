import type { Condition } from '../../../src/core/conditions/condition';
import type { Fault } from '../../../src/core/domain-error';
import type { Journey } from '../../../src/core/journeys/journey';
import type { Step } from '../../../src/core/journeys/steps/kinds';
import { aSend, anEnd, faultsIn } from '../../support/core/faults-in';

describe('checking the facts of a journey', () => {
  const reads = (fact: string): Condition => ({ fact, is: 'exists' });

  it.each([
    'event.properties.total',
    'event.name',
    'contact.traits.vip',
    'contact.tags[]',
    'contact.consents.marketing',
    'contact.consents.marketing.email',
  ])('lets an entry read %s', (fact) => {
    expect(faultsIn({ entry: { when: reads(fact) } })).toEqual([]);
  });

  it.each(['entry.properties.total', 'message.remind.opened', 'score', 'order.total'])(
    'does not let an entry read %s',
    (fact) => {
      expect(faultsIn({ entry: { when: reads(fact) } })).toEqual([
        {
          pointer: '/entry/when/fact',
          code: 'fact-not-allowed',
          detail: `The entry reads "${fact}", which is not to be had here; read one of event.*, contact.*`,
        },
      ]);
    },
  );

  it('lets an exit read event and entry, and nothing else', () => {
    const when: Condition = {
      all: [
        { fact: 'event.properties.id', is: 'equals', to: { fact: 'entry.properties.id' } },
        { any: [{ not: reads('contact.email') }] },
        { fact: 'event.properties.id', is: 'equals', to: { fact: 'message.remind.opened' } },
      ],
    };

    const faults = faultsIn({ exits: [{ events: ['Order Completed'], when, as: 'converted' }] });

    expect(faults).toMatchObject([
      { pointer: '/exits/0/when/all/1/any/0/not/fact', code: 'fact-not-allowed' },
      { pointer: '/exits/0/when/all/2/to/fact', code: 'fact-not-allowed' },
    ]);
    expect(faults[0]?.detail).toBe(
      'Exit "converted" reads "contact.email", which is not to be had here; read one of event.*, entry.*',
    );
  });

  it('lets a waitFor read event and entry, and nothing else', () => {
    const hear = (fact: string): Step => ({
      id: 'hear',
      kind: 'waitFor',
      events: [{ names: ['A'] }, { names: ['B'], when: reads(fact) }],
      timeout: 'PT1H',
    });

    expect(faultsIn({ steps: [hear('event.properties.url')] })).toEqual([]);
    expect(faultsIn({ steps: [hear('entry.properties.url')] })).toEqual([]);
    expect(faultsIn({ steps: [hear('contact.email')] })).toMatchObject([
      { pointer: '/steps/0/events/1/when/fact', code: 'fact-not-allowed' },
    ]);
  });

  describe('of a branch', () => {
    const sort = (fact: string): Partial<Journey> => ({
      steps: [
        aSend('ask'),
        { id: 'sort', kind: 'branch', cases: [{ when: reads(fact), next: 'end' }] },
        anEnd,
      ],
    });

    it.each(['entry.properties.total', 'contact.tags', 'message.ask.status'])(
      'allows %s',
      (fact) => {
        expect(faultsIn(sort(fact))).toEqual([]);
      },
    );

    it('does not allow the event, since none is under test', () => {
      expect(faultsIn(sort('event.properties.total'))).toMatchObject([
        { pointer: '/steps/1/cases/0/when/fact', code: 'fact-not-allowed' },
      ]);
    });

    it.each([
      'message.end.opened',
      'message.paid.opened',
      'message.ask',
      'message.constructor.name',
    ])('refuses %s, which is no message of the journey', (fact) => {
      expect(faultsIn(sort(fact))).toEqual([
        {
          pointer: '/steps/1/cases/0/when/fact',
          code: 'unknown-send-step',
          detail: `Step "sort" reads "${fact}", which names no message of this journey; write message.<step>.status with one of the send steps "ask"`,
        },
      ]);
    });

    it.each(['message.ask.read', 'message.ask.status.at', 'message.ask.opened[]'])(
      'fault 19: refuses %s, which nothing tells',
      (fact) => {
        expect(faultsIn(sort(fact))).toEqual([
          {
            pointer: '/steps/1/cases/0/when/fact',
            code: 'unknown-fact',
            detail: `Step "sort" reads "${fact}", which nothing tells; read one of "message.ask.status", "message.ask.delivered", "message.ask.bounced", "message.ask.complained", "message.ask.opened", "message.ask.clicked"`,
          },
        ]);
      },
    );

    it.each(['delivered', 'bounced', 'complained', 'opened', 'clicked'])(
      'lets a branch ask whether a message was %s',
      (report) => {
        expect(faultsIn(sort(`message.ask.${report}`))).toEqual([]);
      },
    );
  });

  it.each([
    ...['event', 'event.cart_id', 'event.constructor', 'event.name.first'],
    ...['contact.first_name', 'contact.email.domain', 'contact.tags[].name'],
    ...['contact.consents.news', 'contact.consents.marketing.pigeon'],
    'contact.consents.marketing.email.at',
    ...['contact.email[]', 'event.name[]', 'contact.consents[].marketing'],
  ])('refuses %s, which never exists', (fact) => {
    expect(faultsIn({ entry: { when: reads(fact) } })).toMatchObject([
      { pointer: '/entry/when/fact', code: 'unknown-fact' },
    ]);
  });
});

describe('checking what a journey compares with', () => {
  const total = 'event.properties.total';
  const check = (when: Condition): readonly Fault[] => faultsIn({ entry: { when } });

  it.each([
    'equals',
    'not',
    'greater',
    'less',
    'in',
    'contains',
    'intersects',
    'before',
    'after',
  ] as const)('refuses %s without an operand', (is) => {
    expect(check({ fact: total, is })).toEqual([
      {
        pointer: '/entry/when/to',
        code: 'missing-operand',
        detail: `The entry compares with "${is}" but not with what; add "to" with a value or { "fact": … }`,
      },
    ]);
  });

  it.each([false, { fact: total }])('refuses exists with operand %j', (to) => {
    expect(check({ fact: total, is: 'exists', to })).toMatchObject([
      { pointer: '/entry/when/to', code: 'needless-operand' },
    ]);
  });

  it.each<Condition>([
    { fact: total, is: 'equals', to: null },
    { fact: total, is: 'greater', to: '12,50' },
    { fact: total, is: 'in', to: 'it' },
    { fact: total, is: 'before', to: 'tomorrow' },
    { fact: total, is: 'after', to: '2026-01-15T12:00:00' },
  ])('refuses %j, which never holds', (when) => {
    expect(check(when)).toMatchObject([{ pointer: '/entry/when/to', code: 'unfit-operand' }]);
  });

  it.each<Condition>([
    { fact: total, is: 'equals', to: { any: 'value' } },
    { fact: total, is: 'greater', to: 100 },
    { fact: total, is: 'less', to: { fact: 'contact.traits.limit' } },
    { fact: total, is: 'in', to: ['it'] },
    { fact: total, is: 'before', to: '2026-01-15' },
    { fact: total, is: 'after', to: 0 },
  ])('accepts %j', (when) => {
    expect(check(when)).toEqual([]);
  });
});
