import fc from 'fast-check';
import { couldHold } from '../../../src/core/conditions/could-hold';
import type { Condition } from '../../../src/core/conditions/condition';
import { holds } from '../../../src/core/conditions/holds';
import type { JsonObject } from '../../../src/core/json/json';

const isEmpty: Condition = { fact: 'event.properties.products', is: 'equals', to: [] };
const isSame: Condition = {
  fact: 'event.properties.id',
  is: 'equals',
  to: { fact: 'entry.properties.id' },
};
const of = (properties: JsonObject) => ({ event: { properties } });

describe('a condition of which only the event is known', () => {
  it.each<[boolean, string, Condition, JsonObject]>([
    [true, 'that reads the event alone and holds', isEmpty, { products: [] }],
    [false, 'that reads the event alone and does not hold', isEmpty, { products: ['p'] }],
    [true, 'that reads what is not known', isSame, { id: 'a' }],
    [false, 'of which a known part is false', { all: [isSame, isEmpty] }, { products: ['p'] }],
    [true, 'of which any part is unknown', { any: [isEmpty, isSame] }, { products: ['p'] }],
    [false, 'that is not what holds', { not: isEmpty }, { products: [] }],
    [true, 'that is not what is unknown', { not: isSame }, {}],
  ])('could hold is %s of one %s', (could, _what, condition, properties) => {
    expect(couldHold(condition, of(properties))).toBe(could);
  });

  it('could hold wherever it comes to hold', () => {
    const id = fc.constantFrom('a', 'b');
    const part = fc.constantFrom(isEmpty, isSame, { fact: 'event.properties.id', is: 'exists' });
    const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        part as fc.Arbitrary<Condition>,
        fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 2 }) }),
        fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 2 }) }),
        fc.record({ not: tie('tree') }),
      ),
    }));
    const properties = fc.record({ id, products: fc.constantFrom([], ['p']) });

    fc.assert(
      fc.property(tree, properties, id, (condition, event, entryId) => {
        const entry = { properties: { id: entryId } };

        fc.pre(holds(condition, { ...of(event), entry }));

        expect(couldHold(condition, of(event))).toBe(true);
      }),
    );
  });
});
