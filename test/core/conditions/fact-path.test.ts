import { factAt, pick } from '../../../src/core/conditions/fact-at';
import { isFactPath, segmentsOf } from '../../../src/core/conditions/fact-path';
import { compile } from '../../../src/core/journeys/compile';
import { checkJourney } from '../../../src/core/journeys/checks/check-journey';
import { aJourney } from '../../support/core/builders';

const properties = {
  $current_url: '/',
  'utm.source': 'news',
  'a[0]': 1,
  "it's": 2,
  'line.items': [{ 'sku.code': 'x' }, {}],
};

describe('a path that names a key with a dot', () => {
  it.each([
    ['properties.$current_url', '/'],
    ["properties['utm.source']", 'news'],
    ['properties["utm.source"]', 'news'],
    ["properties['a[0]']", 1],
    ['properties["it\'s"]', 2],
    ["properties['line.items'][]['sku.code']", ['x']],
    ["['properties'].$current_url", undefined],
    ['properties.utm.source', undefined],
  ])('R5: %s finds its fact', (path, expected) => {
    const found = isFactPath(path) ? factAt({ properties }, path) : undefined;

    expect(found).toEqual(expected);
  });

  it.each([
    "event.properties['a.b'",
    "event.properties['']",
    'event.properties[a]',
    "event['a.b']c",
    'event..a',
    '',
    `event.${'a'.repeat(300)}`,
  ])('%j is none', (path) => {
    expect(isFactPath(path)).toBe(false);
  });

  it('of an earlier version is read between its dots', () => {
    expect(segmentsOf('properties.a[0].b[]')).toEqual([
      { name: 'properties', isList: false },
      { name: 'a[0]', isList: false },
      { name: 'b', isList: true },
    ]);
  });

  it('R5: is kept where a workflow needs it, and the rest is not', () => {
    const kept = pick({ properties }, ["properties['utm.source']"]);

    expect(kept).toEqual({ properties: { 'utm.source': 'news' } });
  });

  it('R5: is published in conditions and keys', () => {
    const when = { fact: "event.properties['utm.source']", is: 'equals', to: 'news' } as const;
    const journey = aJourney({
      entry: { events: ['Page Viewed'], key: ["properties['cart.id']"] },
      exits: [{ events: ['Order Completed'], when, as: 'converted' }],
    });

    const known = { templates: new Set(['reminder']), actions: new Map() };

    expect(checkJourney(journey, known).faults).toEqual([]);
    expect(compile(journey, 1).needs.event).toEqual(["properties['utm.source']"]);
  });

  it('quotes no root and no field of ours', () => {
    const when = { fact: "event['properties'].total", is: 'exists' } as const;
    const exits = [{ events: ['Order Completed'], when, as: 'converted' }];

    const { faults } = checkJourney(aJourney({ exits }), {
      templates: new Set(['reminder']),
      actions: new Map(),
    });

    expect(faults).toMatchObject([{ code: 'unknown-fact' }]);
  });
});
