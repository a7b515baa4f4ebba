import type { mongo } from 'mongoose';
import { openTarget, type Target } from './target';

type Case = Readonly<{
  name: string;
  from: mongo.Document;
  update: mongo.Document | mongo.Document[];
  to: mongo.Document;
}>;

const changes: readonly Case[] = [
  {
    name: '$set makes documents on the way',
    from: {},
    update: { $set: { 'a.b.c': 1 } },
    to: { a: { b: { c: 1 } } },
  },
  {
    name: '$set past the end of an array fills with null',
    from: { a: [1] },
    update: { $set: { 'a.3': 4 } },
    to: { a: [1, null, null, 4] },
  },
  {
    name: '$set replaces a document by a document',
    from: { a: { x: 1 } },
    update: { $set: { a: { y: 2 } } },
    to: { a: { y: 2 } },
  },
  {
    name: '$unset removes a field and leaves null in an array',
    from: { a: { b: 1, c: 2 }, l: [1, 2] },
    update: { $unset: { 'a.b': '', 'l.0': '', no: '' } },
    to: { a: { c: 2 }, l: [null, 2] },
  },
  {
    name: '$inc and $mul start from zero',
    from: { a: 2 },
    update: { $inc: { a: 3, b: -1 }, $mul: { c: 4 } },
    to: { a: 5, b: -1, c: 0 },
  },
  {
    name: '$min and $max set what is missing',
    from: { a: 5, b: 5 },
    update: { $min: { a: 3, c: 9 }, $max: { b: 3, d: 1 } },
    to: { a: 3, b: 5, c: 9, d: 1 },
  },
  {
    name: '$max compares dates',
    from: { at: new Date(5) },
    update: { $max: { at: new Date(9) } },
    to: { at: new Date(9) },
  },
  {
    name: '$rename moves a value',
    from: { a: 1, b: 2 },
    update: { $rename: { a: 'c.d', no: 'x' } },
    to: { b: 2, c: { d: 1 } },
  },
  { name: '$push makes an array', from: {}, update: { $push: { a: 1 } }, to: { a: [1] } },
  {
    name: '$push keeps the last few',
    from: { a: [1, 2] },
    update: { $push: { a: { $each: [3, 4], $slice: -3 } } },
    to: { a: [2, 3, 4] },
  },
  {
    name: '$push slices a new array as well',
    from: {},
    update: { $push: { a: { $each: [1, 2, 3], $slice: -2 } } },
    to: { a: [2, 3] },
  },
  {
    name: '$push puts items at a position',
    from: { a: [1, 4] },
    update: { $push: { a: { $each: [2, 3], $position: 1 } } },
    to: { a: [1, 2, 3, 4] },
  },
  {
    name: '$push sorts by several fields',
    from: {
      a: [
        { x: 1, y: 1 },
        { x: 0, y: 3 },
      ],
    },
    update: { $push: { a: { $each: [{ x: 1, y: 0 }], $sort: { x: 1, y: 1 } } } },
    to: {
      a: [
        { x: 0, y: 3 },
        { x: 1, y: 0 },
        { x: 1, y: 1 },
      ],
    },
  },
  {
    name: '$push sorts plain values',
    from: { a: [3, 1] },
    update: { $push: { a: { $each: [2], $sort: -1 } } },
    to: { a: [3, 2, 1] },
  },
  {
    name: '$addToSet adds each value once',
    from: { a: [1] },
    update: { $addToSet: { a: { $each: [1, 2, 2] }, b: { $each: ['x', 'x'] } } },
    to: { a: [1, 2], b: ['x'] },
  },
  {
    name: '$addToSet compares documents',
    from: { a: [{ x: 1 }] },
    update: { $addToSet: { a: { x: 1 } } },
    to: { a: [{ x: 1 }] },
  },
  {
    name: '$pull removes by value',
    from: { a: [1, 2, 1] },
    update: { $pull: { a: 1, b: 1 } },
    to: { a: [2] },
  },
  {
    name: '$pull removes by expression',
    from: { a: [1, 5, 9] },
    update: { $pull: { a: { $gte: 5 } } },
    to: { a: [1] },
  },
  {
    name: '$pull removes documents by their fields',
    from: { items: [{ sku: 'a' }, { sku: 'b' }, { sku: 'c' }] },
    update: { $pull: { items: { sku: { $in: ['a', 'c'] } } } },
    to: { items: [{ sku: 'b' }] },
  },
  {
    name: '$pullAll removes listed values',
    from: { a: [1, 2, 3] },
    update: { $pullAll: { a: [1, 3] } },
    to: { a: [2] },
  },
  {
    name: '$pop removes from either end',
    from: { a: [1, 2, 3], b: [1, 2, 3] },
    update: { $pop: { a: 1, b: -1 } },
    to: { a: [1, 2], b: [2, 3] },
  },
  {
    name: 'a pipeline computes from other fields',
    from: { a: 2, b: 3 },
    update: [{ $set: { sum: { $add: ['$a', '$b'] } } }, { $unset: 'a' }],
    to: { b: 3, sum: 5 },
  },
  {
    name: 'a pipeline sets on a condition',
    from: { n: 1, at: new Date(5) },
    update: [{ $set: { n: { $cond: [{ $lt: ['$at', new Date(9)] }, 2, '$n'] } } }],
    to: { n: 2, at: new Date(5) },
  },
];

type Refusal = Readonly<{
  name: string;
  from: mongo.Document;
  update: mongo.Document;
  code: number;
}>;

const refusals: readonly Refusal[] = [
  { name: '$inc of text', from: { a: 'x' }, update: { $inc: { a: 1 } }, code: 14 },
  { name: '$inc of null', from: { a: null }, update: { $inc: { a: 1 } }, code: 14 },
  { name: '$push to a number', from: { a: 1 }, update: { $push: { a: 1 } }, code: 2 },
  { name: 'a path through a number', from: { a: 1 }, update: { $set: { 'a.b': 1 } }, code: 28 },
  { name: 'a path through null', from: { a: null }, update: { $set: { 'a.b': 1 } }, code: 28 },
  {
    name: 'two operators on one field',
    from: {},
    update: { $set: { a: 1 }, $inc: { a: 1 } },
    code: 40,
  },
  {
    name: 'two operators on a field and its part',
    from: {},
    update: { $set: { a: {}, 'a.b': 1 } },
    code: 40,
  },
  { name: 'an operator that does not exist', from: {}, update: { $raise: { a: 1 } }, code: 9 },
];

describe('updates', () => {
  let target: Target;

  beforeAll(async () => {
    target = await openTarget();
  });
  afterAll(() => target.close());

  it.each(changes)('$name', async ({ from, update, to }) => {
    const things = await target.collection({ ...from });

    const result = await things.updateOne({}, update);

    expect(result.matchedCount).toBe(1);
    expect(await things.findOne({}, { projection: { _id: 0 } })).toEqual(to);
  });

  it.each(refusals)('refuses $name', async ({ from, update, code }) => {
    const things = await target.collection({ ...from });

    await expect(things.updateOne({}, update)).rejects.toMatchObject({ code });

    expect(await things.findOne({}, { projection: { _id: 0 } })).toEqual(from);
  });
});
