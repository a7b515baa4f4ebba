import { z } from 'zod';
import { read } from '../../../src/api/http/problems/faults';

const schema = z.strictObject({
  name: z.string().min(2).max(5),
  size: z.number().max(3).optional(),
  stage: z.enum(['decision', 'advocacy']).optional(),
  again: z.union([z.literal('never'), z.strictObject({ after: z.string() })]).optional(),
  steps: z
    .array(z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('wait') })]))
    .max(1)
    .optional(),
  byChannel: z.partialRecord(z.enum(['email']), z.boolean()).optional(),
});

describe('what is wrong with a value', () => {
  it.each([
    [{}, '/name', 'missing', '"name" is missing; give a string'],
    [{ name: null }, '/name', 'wrong-type', '"name" is null; give a string'],
    [{ name: ['x'] }, '/name', 'wrong-type', '"name" is an array; give a string'],
    [{ name: 'abcdef' }, '/name', 'too-big', '"name" is over the limit of 5 characters; send less'],
    [{ name: 'a' }, '/name', 'too-small', '"name" is under the least of 2 characters; send more'],
    [{ name: 'ab', size: 4 }, '/size', 'too-big', '"size" is over the limit of 3; send less'],
    [
      { name: 'ab', 'x/y~z': 1 },
      '/x~1y~0z',
      'unknown-field',
      '"x/y~z" is not a field here; remove it',
    ],
    [
      { name: 'ab', stage: 'late' },
      '/stage',
      'not-allowed',
      '"stage" is not one of decision, advocacy',
    ],
    [
      { name: 'ab', again: { after: 5 } },
      '/again/after',
      'wrong-type',
      '"after" is a number; give a string',
    ],
    [
      { name: 'ab', again: 'often' },
      '/again',
      'not-allowed',
      '"again" fits none of the forms allowed here; see the schema in /openapi.json',
    ],
    [
      { name: 'ab', steps: [{ kind: 'jump' }] },
      '/steps/0/kind',
      'not-allowed',
      '"kind" is not one of wait',
    ],
    [
      { name: 'ab', steps: ['jump'] },
      '/steps/0',
      'wrong-type',
      'Item 0 of "steps" is a string; give an object',
    ],
    [
      { name: 'ab', byChannel: { fax: true } },
      '/byChannel/fax',
      'unknown-field',
      '"fax" is not a field here; remove it',
    ],
    ['text', '', 'wrong-type', 'The body is a string; give an object'],
  ])('is said of %j with the place and the remedy', (value, pointer, code, detail) => {
    const found = read(schema, value);

    expect(found).toEqual({ kind: 'faulty', faults: [{ pointer, code, detail }] });
  });

  it('points from where the value lies', () => {
    const found = read(schema, { name: 7 }, ['events', 3]);

    expect(found).toMatchObject({ faults: [{ pointer: '/events/3/name' }] });
  });

  it('is nothing where it fits', () => {
    const found = read(schema, { name: 'ada' });

    expect(found).toEqual({ kind: 'read', value: { name: 'ada' } });
  });
});
