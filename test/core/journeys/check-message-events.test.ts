import { aSend, faultsIn } from '../../support/core/faults-in';
import type { Step } from '../../../src/core/journeys/steps/kinds';

const waitFor = (...names: readonly string[]): Step => ({
  id: 'look',
  kind: 'waitFor',
  events: [{ names }],
  timeout: 'P2D',
});
const exits = [{ events: ['Order Completed'], as: 'converted' }];

describe('a journey that hears of reports on its messages', () => {
  it('may wait for each kind, of each of its send steps', () => {
    const names = ['delivered', 'bounced', 'complained', 'opened', 'clicked'].map(
      (kind) => `message.remind.${kind}`,
    );

    expect(faultsIn({ exits, steps: [aSend('remind'), waitFor(...names)] })).toEqual([]);
  });

  it.each([
    ['a kind that nobody reports', 'message.remind.read', '"delivered"'],
    ['a step that sends nothing', 'message.look.opened', '"remind"'],
    ['a step that is not there', 'message.other.opened', '"remind"'],
  ])('is refused with %s', (_why, name, remedy) => {
    const faults = faultsIn({ exits, steps: [aSend('remind'), waitFor(name)] });

    expect(faults).toMatchObject([{ pointer: '/steps/1', code: 'unknown-report' }]);
    expect(faults[0]?.detail).toContain(remedy);
  });

  it.each([
    ['/entry/events', { entry: { events: ['message.remind.opened'] }, exits }],
    ['/exits/0/events', { exits: [{ events: ['message.remind.opened'], as: 'converted' }] }],
  ])('is refused at %s, which hears no report', (pointer, where) => {
    const faults = faultsIn({ ...where, steps: [aSend('remind')] });

    expect(faults).toMatchObject([{ pointer, code: 'report-outside-of-wait' }]);
  });

  it('may hear an event whose name only begins alike', () => {
    const steps = [aSend('remind'), waitFor('message.sent', 'message of the day')];

    expect(faultsIn({ exits, steps })).toEqual([]);
  });
});
