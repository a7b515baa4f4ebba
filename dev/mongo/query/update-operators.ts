import { hasOperators, isDoc, keyOf } from '../storage/document';
import { CommandError } from '../failure';
import { compareValues, sortDocs } from './order';
import { createMatcher } from './query';

/** From the present value, `undefined` when there is none, to the next; `undefined` removes it. */
type Operator = (current: unknown, argument: unknown, now: Date) => unknown;

const operators: Readonly<Record<string, Operator>> = {
  $set: (_, argument) => argument,
  $setOnInsert: (_, argument) => argument,
  $unset: () => undefined,
  $inc: (current, argument) => numberIn('$inc', current) + numberIn('$inc', argument),
  $mul: (current, argument) => numberIn('$mul', current) * numberIn('$mul', argument),
  $min: (current, argument) =>
    current === undefined || compareValues(argument, current) < 0 ? argument : current,
  $max: (current, argument) =>
    current === undefined || compareValues(argument, current) > 0 ? argument : current,
  $currentDate: (_, argument, now) => today(argument, now),
  $push: push,
  $addToSet: addToSet,
  $pull: (current, argument) =>
    arrayOrNone('$pull', current)?.filter((item) => !isPulled(item, argument)),
  $pullAll: (current, argument) => pullAll(current, argument),
  $pop: (current, argument) =>
    argument === -1
      ? arrayOrNone('$pop', current)?.slice(1)
      : arrayOrNone('$pop', current)?.slice(0, -1),
};

export function operatorNamed(name: string): Operator {
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (operator) return operator;
  throw new CommandError('FailedToParse', `Unknown modifier: ${name}`);
}

function numberIn(name: string, value: unknown): number {
  if (value === undefined) return 0;
  if (typeof value === 'number') return value;
  throw new CommandError('TypeMismatch', `Cannot apply ${name} to a value of non-numeric type`);
}

function today(argument: unknown, now: Date): Date {
  if (argument === true || (isDoc(argument) && argument['$type'] === 'date')) return now;
  throw new CommandError('NotImplemented', '$currentDate sets dates only');
}

function push(current: unknown, argument: unknown): unknown {
  const items = arrayOrNone('$push', current) ?? [];
  if (!isDoc(argument) || !('$each' in argument)) return [...items, argument];
  const { $each, $position, $sort, $slice, ...unknown } = argument;
  const [strange] = Object.keys(unknown);
  if (strange) throw new CommandError('BadValue', `Unrecognized clause in $push: ${strange}`);
  const added = arrayIn('$each', $each);
  const at = typeof $position === 'number' ? $position : items.length;
  return sliced(sorted(items.toSpliced(at, 0, ...added), $sort), $slice);
}

function sorted(items: readonly unknown[], sort: unknown): readonly unknown[] {
  if (sort === undefined) return items;
  if (isDoc(sort)) return sortDocs(items.filter(isDoc), sort);
  return items.toSorted((left, right) => (sort === -1 ? -1 : 1) * compareValues(left, right));
}

function sliced(items: readonly unknown[], slice: unknown): readonly unknown[] {
  if (slice === undefined) return items;
  if (slice === 0) return [];
  const length = numberIn('$slice', slice);
  return length < 0 ? items.slice(length) : items.slice(0, length);
}

function addToSet(current: unknown, argument: unknown): unknown {
  const items = arrayOrNone('$addToSet', current) ?? [];
  const added =
    isDoc(argument) && '$each' in argument ? arrayIn('$each', argument['$each']) : [argument];
  const known = new Set(items.map(keyOf));
  const fresh = added.filter((item) => {
    const isNew = !known.has(keyOf(item));
    known.add(keyOf(item));
    return isNew;
  });
  return [...items, ...fresh];
}

function isPulled(item: unknown, condition: unknown): boolean {
  const onFields = isDoc(condition) && !hasOperators(condition);
  if (onFields) return isDoc(item) && createMatcher(condition)(item);
  return createMatcher({ item: condition })({ item });
}

function pullAll(current: unknown, argument: unknown): unknown {
  const unwanted = new Set(arrayIn('$pullAll', argument).map(keyOf));
  return arrayOrNone('$pullAll', current)?.filter((item) => !unwanted.has(keyOf(item)));
}

function arrayOrNone(name: string, value: unknown): readonly unknown[] | undefined {
  return value === undefined ? undefined : arrayIn(name, value);
}

function arrayIn(name: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new CommandError('BadValue', `The argument to ${name} must be an array`);
}
