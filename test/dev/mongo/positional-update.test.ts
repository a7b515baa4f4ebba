import type { mongo } from 'mongoose';
import { openTarget, type Target } from './target';

type Case = Readonly<{
  name: string;
  from: mongo.Document;
  filter?: mongo.Document;
  update: mongo.Document;
  arrayFilters?: mongo.Document[];
  to: mongo.Document;
}>;

const items = [
  { sku: 'a', n: 1 },
  { sku: 'b', n: 2 },
  { sku: 'c', n: 3 },
];

const changes: readonly Case[] = [
  {
    name: '$ changes several fields of the item that matched',
    from: { items },
    filter: { 'items.sku': 'b' },
    update: { $set: { 'items.$.seen': true }, $inc: { 'items.$.n': 5 } },
    to: { items: [items[0], { sku: 'b', n: 7, seen: true }, items[2]] },
  },
  {
    name: '$ follows $elemMatch',
    from: { items },
    filter: { items: { $elemMatch: { sku: 'c', n: 3 } } },
    update: { $set: { 'items.$': 'gone' } },
    to: { items: [items[0], items[1], 'gone'] },
  },
  {
    name: '$ reaches an array inside a document',
    from: { cart: { items } },
    filter: { 'cart.items.sku': 'b' },
    update: { $set: { 'cart.items.$.n': 0 } },
    to: { cart: { items: [items[0], { sku: 'b', n: 0 }, items[2]] } },
  },
  {
    name: '$[] changes every item',
    from: { a: [1, 2] },
    update: { $inc: { 'a.$[]': 10 } },
    to: { a: [11, 12] },
  },
  {
    name: 'array filters choose the items',
    from: { items },
    update: { $set: { 'items.$[big].big': true, 'items.$[big].n': 0 } },
    arrayFilters: [{ 'big.n': { $gte: 2 } }],
    to: { items: [items[0], { sku: 'b', n: 0, big: true }, { sku: 'c', n: 0, big: true }] },
  },
  {
    name: 'array filters choose plain values',
    from: { a: [1, 5] },
    update: { $set: { 'a.$[x]': 0 } },
    arrayFilters: [{ x: { $gt: 3 } }],
    to: { a: [1, 0] },
  },
  {
    name: '$[] and array filters work one inside the other',
    from: { days: [{ stops: [{ n: 1 }, { n: 2 }] }, { stops: [{ n: 2 }] }] },
    update: { $set: { 'days.$[].stops.$[two].seen': true } },
    arrayFilters: [{ 'two.n': 2 }],
    to: { days: [{ stops: [{ n: 1 }, { n: 2, seen: true }] }, { stops: [{ n: 2, seen: true }] }] },
  },
];

const refusals = [
  {
    name: '$ without an array in the filter',
    from: { a: [1] },
    update: { $set: { 'a.$': 2 } },
    code: 2,
  },
  { name: 'an unknown array filter', from: { a: [1] }, update: { $set: { 'a.$[x]': 2 } }, code: 2 },
];

describe('updates of items in arrays', () => {
  let target: Target;

  beforeAll(async () => {
    target = await openTarget();
  });
  afterAll(() => target.close());

  it.each(changes)('$name', async ({ from, filter, update, arrayFilters, to }) => {
    const things = await target.collection({ ...from });

    await things.updateOne(filter ?? {}, update, { arrayFilters: arrayFilters ?? [] });

    expect(await things.findOne({}, { projection: { _id: 0 } })).toEqual(to);
  });

  it.each(refusals)('refuses $name', async ({ from, update, code }) => {
    const things = await target.collection({ ...from });

    await expect(things.updateOne({}, update)).rejects.toMatchObject({ code });

    expect(await things.findOne({}, { projection: { _id: 0 } })).toEqual(from);
  });

  it('refuses an array filter that no path uses', async () => {
    const things = await target.collection({ a: [1] });

    const update = things.updateOne({}, { $set: { b: 1 } }, { arrayFilters: [{ x: 1 }] });

    await expect(update).rejects.toMatchObject({ code: 9 });
  });
});
