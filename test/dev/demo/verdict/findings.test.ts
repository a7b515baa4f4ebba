import { findingsOf, type Evidence } from '../../../../dev/demo/verdict/findings';
import { findingsTable, historyTable, verdictText } from '../../../../dev/demo/verdict/report';

const at = Date.parse('2026-03-02T10:12:00Z');
const evidence: Evidence = {
  mails: [
    {
      to: ['forgetful@example.com'],
      subject: 'You left something',
      text: '',
      at: at + 60_000,
      messageId: '<1@shop.example>',
    },
  ],
  messages: [
    {
      id: 'm1',
      enrollment: 'e1',
      step: 'first-reminder',
      purpose: 'marketing',
      providerId: '<1@shop.example>',
      at,
    },
  ],
  enrollments: [
    {
      id: 'e1',
      shopper: 'forgetful',
      journey: 'cart-recovery',
      ended: { as: 'completed', because: 'exit-step', at: at + 3_600_000 },
      timeline: [
        { at, kind: 'branched', step: 'consent', because: 'case 1', facts: { consent: true } },
        { at, kind: 'sent', step: 'first-reminder', facts: {}, message: 'm1' },
      ],
    },
    {
      id: 'e2',
      shopper: 'prompt',
      journey: 'cart-recovery',
      ended: { as: 'converted', because: 'exit-event', at },
      endedBy: 'Order Completed',
      timeline: [],
    },
  ],
  refusals: [{ shopper: 'hasty', journey: 'cart-recovery', reason: 'already-converted', at }],
};

describe('findings of the demo', () => {
  it('say shopper by shopper what came of the play, and why', () => {
    const findings = findingsOf(evidence);

    expect(findings.map(({ shopper, what, why }) => [shopper, what, why])).toStrictEqual([
      ['prompt', 'leaves cart-recovery as converted', 'Order Completed'],
      [
        'forgetful',
        '✉ You left something',
        'cart-recovery, first-reminder (marketing), since consent is true',
      ],
      ['forgetful', 'leaves cart-recovery as completed', 'exit-step'],
      ['hasty', 'does not enter cart-recovery', 'already-converted'],
    ]);
  });

  it('show a mail that the ledger does not know as such', () => {
    const [, mail] = findingsOf({ ...evidence, messages: [] });

    expect(mail).toMatchObject({ at: at + 60_000, why: 'not in the ledger' });
  });

  it('become a table with the time in Rome', () => {
    const lines = findingsTable(findingsOf(evidence)).split('\n');

    expect(lines).toContain('  forgetful  forgets her basket');
    expect(lines).toContain(
      '    Mon 11:12  ✉ You left something               cart-recovery, first-reminder (marketing), since consent is true',
    );
  });

  it('count the history events of each journey', () => {
    const table = historyTable(
      evidence,
      new Map([
        ['e1', 39],
        ['e2', 11],
      ]),
    );

    expect(table).toContain('cart-recovery    11, 39');
  });
});

describe('verdict of the demo', () => {
  it('names every difference', () => {
    expect(verdictText(['forgetful: mail 2', 'prompt: mail 1'], 3)).toBe(
      'NOT as expected:\n  forgetful: mail 2\n  prompt: mail 1',
    );
  });

  it('says so when there is none', () => {
    expect(verdictText([], 8)).toMatch(/^As expected: 8 mails/);
  });
});
