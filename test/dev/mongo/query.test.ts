import fc from 'fast-check';
import type { mongo } from 'mongoose';
import { openTarget, type Target } from './target';

const [early, late] = [new Date(1_000), new Date(2_000)];
const people = [
  { _id: 1, name: 'Ada', age: 36, tags: ['x', 'y'], at: early, home: { city: 'Rome' } },
  { _id: 2, name: 'Bea', age: null, tags: [], at: late, home: { city: 'Milan' } },
  {
    _id: 3,
    name: 'cleo',
    tags: ['y', 'z'],
    visits: [
      { n: 1, ok: true },
      { n: 5, ok: false },
    ],
  },
  { _id: 4, name: 'Dario', age: 20, visits: [{ n: 5, ok: true }] },
];

const filters = [
  { name: 'equality', filter: { name: 'Ada' }, ids: [1] },
  { name: 'a field of a document', filter: { 'home.city': 'Milan' }, ids: [2] },
  { name: 'a whole document', filter: { home: { city: 'Rome' } }, ids: [1] },
  { name: 'null finds null and missing', filter: { age: null }, ids: [2, 3] },
  { name: '$exists', filter: { age: { $exists: true } }, ids: [1, 2, 4] },
  { name: 'an item of an array', filter: { tags: 'y' }, ids: [1, 3] },
  { name: 'a whole array', filter: { tags: ['y', 'z'] }, ids: [3] },
  { name: 'an empty array', filter: { tags: { $size: 0 } }, ids: [2] },
  { name: '$all', filter: { tags: { $all: ['x', 'y'] } }, ids: [1] },
  { name: '$in with missing', filter: { age: { $in: [20, null] } }, ids: [2, 3, 4] },
  { name: '$nin', filter: { name: { $nin: ['Ada', 'Bea'] } }, ids: [3, 4] },
  { name: '$ne', filter: { tags: { $ne: 'x' } }, ids: [2, 3, 4] },
  { name: 'a range of numbers leaves other types out', filter: { age: { $lt: 30 } }, ids: [4] },
  { name: 'a range of dates', filter: { at: { $gt: early, $lte: late } }, ids: [2] },
  { name: '$not', filter: { age: { $not: { $gt: 30 } } }, ids: [2, 3, 4] },
  { name: 'a regular expression', filter: { name: /^[ac]/i }, ids: [1, 3] },
  { name: '$regex with options', filter: { name: { $regex: '^C', $options: 'i' } }, ids: [3] },
  { name: 'fields of any items', filter: { 'visits.n': 5, 'visits.ok': true }, ids: [3, 4] },
  { name: 'fields of one item', filter: { visits: { $elemMatch: { n: 5, ok: true } } }, ids: [4] },
  {
    name: '$or and $and',
    filter: { $or: [{ age: 36 }, { $and: [{ age: 20 }, { _id: 4 }] }] },
    ids: [1, 4],
  },
  { name: '$nor', filter: { $nor: [{ age: { $exists: true } }] }, ids: [3] },
  { name: '$type', filter: { age: { $type: 'number' } }, ids: [1, 4] },
] as const;

describe('queries', () => {
  let target: Target;
  let things: Awaited<ReturnType<Target['collection']>>;

  beforeAll(async () => {
    target = await openTarget();
    things = await target.collection(...people);
  });
  afterAll(() => target.close());

  it.each(filters)('finds by $name', async ({ filter, ids }) => {
    const found = await things
      .find(filter as mongo.Document)
      .sort({ _id: 1 })
      .toArray();

    expect(found.map(({ _id }) => _id)).toEqual(ids);
  });

  it('sorts by several fields, mixed types and arrays', async () => {
    const mixed = await target.collection(
      { _id: 'text', v: 'a' },
      { _id: 'date', v: new Date(0) },
      { _id: 'yes', v: true },
      { _id: 'two', v: 2, w: 1 },
      { _id: 'two-later', v: 2, w: 2 },
      { _id: 'list', v: [9, 1] },
      { _id: 'missing' },
      { _id: 'doc', v: {} },
    );

    const up = await mixed.find().sort({ v: 1, w: -1 }).toArray();
    const down = await mixed
      .find({ v: { $gt: 0 } })
      .sort({ v: -1, w: 1 })
      .toArray();

    expect(up.map(({ _id }) => _id)).toEqual([
      'missing',
      'list',
      'two-later',
      'two',
      'text',
      'doc',
      'yes',
      'date',
    ]);
    expect(down.map(({ _id }) => _id)).toEqual(['list', 'two', 'two-later']);
  });

  it('skips and limits after sorting', async () => {
    const page = await things.find().sort({ _id: -1 }).skip(1).limit(2).toArray();

    expect(page.map(({ _id }) => _id)).toEqual([3, 2]);
  });

  it.each([
    { name: 'chosen fields', projection: { name: 1 }, seen: { _id: 1, name: 'Ada' } },
    { name: 'no id', projection: { _id: 0, 'home.city': 1 }, seen: { home: { city: 'Rome' } } },
    {
      name: 'all but some fields',
      projection: { 'home.city': 0, tags: 0, at: 0 },
      seen: { _id: 1, name: 'Ada', age: 36, home: {} },
    },
    {
      name: 'a part of an array',
      projection: { _id: 0, tags: { $slice: 1 }, name: 1 },
      seen: { tags: ['x'], name: 'Ada' },
    },
    {
      name: 'a computed field',
      projection: { _id: 0, older: { $add: ['$age', 1] } },
      seen: { older: 37 },
    },
  ])('shows $name and leaves what is stored alone', async ({ projection, seen }) => {
    const shown = await things.findOne({ _id: 1 }, { projection });

    expect(shown).toEqual(seen);
    expect(await things.findOne({ _id: 1 })).toEqual(people[0]);
  });

  it('shows the item that matched', async () => {
    const shown = await things.findOne(
      { _id: 3, 'visits.n': 5 },
      { projection: { 'visits.$': 1 } },
    );

    expect(shown).toEqual({ _id: 3, visits: [{ n: 5, ok: false }] });
  });

  it('counts and lists distinct values', async () => {
    const counted = await things.countDocuments({ age: { $gt: 0 } });
    const estimated = await things.estimatedDocumentCount();
    const distinct = await things.distinct('tags');

    expect([counted, estimated]).toEqual([2, 4]);
    expect(distinct.toSorted()).toEqual(['x', 'y', 'z']);
  });

  it('refuses an operator it does not know', async () => {
    await expect(things.findOne({ age: { $near: 3 } })).rejects.toMatchObject({ ok: 0 });
  });

  it('answers the same with indexes and without', async () => {
    const value = fc.constantFrom(null, 0, 1, 'a', early);
    const field = fc.oneof(value, fc.array(value, { maxLength: 2 }));
    const docs = fc.array(
      fc.record({ a: field, b: value, c: fc.record({ d: field }) }, { requiredKeys: [] }),
      {
        maxLength: 12,
      },
    );
    const clause = fc.oneof(
      value,
      fc.record({ $in: fc.array(value, { maxLength: 3 }) }),
      fc.record({ $eq: value }),
      fc.record({ $in: fc.array(value, { maxLength: 3 }), $ne: value }),
      fc.record({ $gt: fc.constantFrom(0, 1, 'a', early) }),
    );
    const filter = fc.record({ a: clause, b: clause, 'c.d': clause }, { requiredKeys: [] });

    const [plain, indexed] = [await target.collection(), await target.collection()];
    await indexed.createIndexes([
      { key: { b: 1, a: 1 } },
      { key: { 'c.d': 1, b: 1 } },
      { key: { a: 1 } },
    ]);
    const idsIn = async (collection: typeof plain, query: mongo.Document) => {
      const found = await collection.find(query).sort({ _id: 1 }).toArray();
      return found.map(({ _id }) => _id);
    };

    await fc.assert(
      fc.asyncProperty(docs, filter, async (list, query) => {
        const numbered = list.map((doc, _id) => ({ _id, ...doc }));
        for (const collection of [plain, indexed]) {
          await collection.deleteMany({});
          if (numbered.length > 0) await collection.insertMany(structuredClone(numbered));
          await collection.updateMany({ b: 'a' }, { $set: { a: 1 } });
        }
        expect(await idsIn(indexed, query)).toEqual(await idsIn(plain, query));
      }),
      { numRuns: 60 },
    );
  });
});
