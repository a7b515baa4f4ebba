import { compile } from '../../../src/core/journeys/compile';
import { aJourney } from '../../support/core/builders';
import { faultsIn } from '../../support/core/faults-in';

const names = (count: number, prefix = 'Event') =>
  Array.from({ length: count }, (_, n) => `${prefix} ${n}`);
const exitOn = (events: readonly string[]) => ({ events, as: 'converted' });
const waitFor = (id: string, events: readonly string[]) => ({
  id,
  kind: 'waitFor' as const,
  events: [{ names: events }],
  timeout: 'PT1H' as const,
});

describe('attack 9: a journey that listens for very many events', () => {
  it('may hear 100, however often it names them', () => {
    const steps = [
      waitFor('first', names(50)),
      waitFor('second', names(50)),
      waitFor('third', names(50, 'Other')),
    ];

    expect(faultsIn({ exits: [exitOn(names(50))], steps })).toEqual([]);
  });

  it.each([
    [
      'step',
      { steps: [waitFor('first', names(50)), waitFor('ask', names(51, 'Other'))] },
      '/steps/1',
      'Step "ask"',
    ],
    [
      'exit',
      { exits: [exitOn(names(50)), exitOn(names(51, 'Other')), exitOn(names(50, 'More'))] },
      '/exits/1/events',
      'Exit "converted"',
    ],
    [
      'entry',
      {
        exits: [exitOn(names(60)), exitOn(names(40, 'Other'))],
        entry: { events: ['Yet Another'], repeat: 'refresh' as const, key: ['properties.id'] },
      },
      '/entry/events',
      'The entry',
    ],
  ])('is refused at the %s that is too much', (_what, facts, pointer, subject) => {
    expect(faultsIn(facts)).toEqual([
      {
        pointer,
        code: 'too-many-names',
        detail: `${subject} is past the 100 events that a journey may listen for; listen for fewer, or split it`,
      },
    ]);
  });

  it('does not count the events that only start it', () => {
    const entry = { events: names(50, 'Entry') };

    expect(faultsIn({ entry, exits: [exitOn(names(100))] })).toEqual([]);
  });

  it('gives each enrollment no more than 40 KB of names', () => {
    const long = Array.from({ length: 100 }, (_, n) => `${'漢'.repeat(97)}${100 + n}`);

    const { listens } = compile(aJourney({ exits: [exitOn(long)] }), 1);

    expect(Buffer.byteLength(JSON.stringify(listens))).toBeLessThan(40_000);
  });
});
