import { checkJourney } from '../../src/core/journeys/checks/check-journey';
import { compile } from '../../src/core/journeys/compile';
import { journeySchema } from '../../src/core/journeys/journey.schema';
import { compileContent } from '../../src/channels/templates/compile-content';
import { compileTemplate } from '../../src/channels/templates/compile-template';
import { builtInJourneys, builtInTemplates } from '../../src/library/built-in';

const templates = new Set(builtInTemplates.map(({ id }) => String(id)));

describe('the built-in journeys', () => {
  it('are cart recovery, welcome nurture and review request', () => {
    expect(builtInJourneys.map(({ id, stage }) => `${id}: ${stage}`)).toEqual([
      'cart-recovery: decision',
      'welcome-nurture: consideration',
      'review-request: advocacy',
    ]);
  });

  it.each(builtInJourneys)(
    '$id is in form, and nothing stands against publishing it',
    (journey) => {
      expect(journeySchema.parse(journey)).toEqual(journey);
      expect(checkJourney(journey, { templates, actions: new Map() })).toEqual({
        faults: [],
        warnings: [],
      });
      expect(() => compile(journey, 1)).not.toThrow();
    },
  );

  it.each(builtInJourneys)('$id stays the same as JSON', (journey) => {
    expect(JSON.parse(JSON.stringify(journey))).toEqual(journey);
  });

  it('use every built-in template', () => {
    const steps = builtInJourneys.flatMap((journey) => journey.steps);
    const used = steps.flatMap((step) => (step.kind === 'send' ? [step.template] : []));

    expect(used.sort()).toEqual([...templates].sort());
  });

  it('send as marketing only what can be unsubscribed from', async () => {
    const steps = builtInJourneys.flatMap((journey) => journey.steps);
    const marketing = steps.flatMap((step) =>
      step.kind === 'send' && step.purpose === 'marketing' ? [step.template] : [],
    );

    const compilations = await Promise.all(
      builtInTemplates
        .filter(({ id }) => marketing.includes(id))
        .map((template) => compileTemplate(template, compileContent)),
    );

    expect(compilations).toHaveLength(marketing.length);
    expect(compilations).toMatchObject(
      marketing.map(() => ({ template: { hasUnsubscribe: true } })),
    );
  });
});
