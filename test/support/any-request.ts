import fc from 'fast-check';

/** JSON Schema as the OpenAPI document uses it. */
export type Schema = Readonly<{
  $ref?: string;
  type?: string | readonly string[];
  enum?: readonly unknown[];
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
  items?: Schema;
  contains?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
}>;

type Schemas = Readonly<Record<string, Schema>>;
type At = Readonly<{ schemas: Schemas; depth: number }>;

/** Any value that fits a schema. */
export function valueOf(schema: Schema, schemas: Schemas): fc.Arbitrary<unknown> {
  return valueAt(schema, { schemas, depth: 0 });
}

const deepest = 7;

function valueAt(schema: Schema, at: At): fc.Arbitrary<unknown> {
  const { $ref, anyOf, oneOf } = schema;
  if ($ref !== undefined) return referred($ref, at);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const branches = anyOf ?? oneOf;
  if (branches) return fc.oneof(...branches.map((branch) => valueAt(within(schema, branch), at)));
  return typedValue(schema, at);
}

function referred(ref: string, { schemas, depth }: At): fc.Arbitrary<unknown> {
  const name = ref.split('/').at(-1) ?? '';
  const found = schemas[name];
  if (!found) throw new Error(`The document has no schema ${name}`);
  if (depth < deepest) return valueAt(found, { schemas, depth: depth + 1 });
  return fc.constant(name === 'Condition' ? { fact: 'contact.id', is: 'exists' } : null);
}

/** A branch beside fields: with the fields, and without those that other branches ask for. */
function within({ anyOf: _anyOf, oneOf, ...outer }: Schema, branch: Schema): Schema {
  if (!outer.properties) return branch;
  const wanted = branch.required ?? [];
  const others = (oneOf ?? []).flatMap(({ required = [] }) => required);
  const kept = Object.entries(outer.properties).filter(
    ([name]) => wanted.includes(name) || !others.includes(name),
  );
  const narrowed = kept.map(([name, field]) => [name, { ...field, ...branch.properties?.[name] }]);
  return {
    ...outer,
    properties: Object.fromEntries(narrowed) as Schemas,
    required: [...(outer.required ?? []), ...wanted],
  };
}

function typedValue(schema: Schema, at: At): fc.Arbitrary<unknown> {
  const [type, ...more] = [schema.type ?? 'any'].flat();
  if (more.length > 0) {
    return fc.oneof(
      ...[type, ...more].map((each) => typedValue({ ...schema, type: each ?? '' }, at)),
    );
  }
  return (byType[type ?? ''] ?? anything)(schema, at);
}

const anything = () => fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.constant(null));

const byType: Readonly<Record<string, (schema: Schema, at: At) => fc.Arbitrary<unknown>>> = {
  null: () => fc.constant(null),
  boolean: () => fc.boolean(),
  integer: ({ minimum = -9, maximum = 1_000 }) => fc.integer({ min: minimum, max: maximum }),
  number: ({ minimum = -9e9, maximum = 9e9 }) =>
    fc.double({ min: minimum, max: maximum, noNaN: true }),
  string: textOf,
  array: listOf,
  object: objectOf,
};

function textOf({ format, pattern = '', minLength = 0, maxLength = 80 }: Schema) {
  if (format === 'date-time') {
    return fc
      .date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true })
      .map((date) => date.toISOString());
  }
  const expression = new RegExp(pattern, 'u');
  const most = Math.min(maxLength, 80);
  const any = fc.oneof(
    fc.string({ minLength, maxLength: most }),
    fc.constantFrom('ada', '1', 'Europe/Rome', 'PT1H', 'ada@shop.test', 'event.name'),
    ...(pattern === '' || looksAround.test(pattern) ? [] : [fc.stringMatching(expression)]),
  );
  let misses = 0;
  return any.filter((text) => {
    const fits = expression.test(text) && text.length <= maxLength && !halfCharacter.test(text);
    misses = fits ? 0 : misses + 1;
    if (misses > mostMisses) throw new Error(`No text was found that fits ${pattern}`);
    return fits;
  });
}

/** No text can be made to fit such an expression, so one has to be found. */
const looksAround = /\(\?<?[=!]/;

/** Half of a character has no UTF-8. */
const halfCharacter = /\p{Cs}/u;

/** Beyond so many misses in a row none will be found. */
const mostMisses = 100_000;

function listOf({ items = {}, contains, minItems = 0, maxItems = 9 }: Schema, at: At) {
  const narrowed = contains ? { ...items, properties: fieldsOf(items, contains) } : items;
  const minLength = Math.max(minItems, contains ? 1 : 0);
  return fc.array(valueAt(narrowed, at), { minLength, maxLength: Math.min(maxItems, 3) });
}

function fieldsOf({ properties = {} }: Schema, narrower: Schema): Schemas {
  const fields = Object.entries(properties).map(([name, field]) => [
    name,
    { ...field, ...narrower.properties?.[name] },
  ]);
  return Object.fromEntries(fields) as Schemas;
}

function objectOf(schema: Schema, at: At): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = schema;
  const fields = Object.entries(properties).map(([name, field]) => [name, valueAt(field, at)]);
  const named = fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: required.filter((name) => name in properties),
  });
  if (typeof additionalProperties !== 'object') return named;
  const others = fc.dictionary(
    nameOf(schema.propertyNames ?? {}),
    valueAt(additionalProperties, { ...at, depth: at.depth + 1 }),
    { maxKeys: 3 },
  );
  return fc.tuple(others, named).map(([more, own]) => ({ ...more, ...own }));
}

function nameOf(names: Schema): fc.Arbitrary<string> {
  const { pattern, maxLength = 20 } = names;
  if (pattern !== undefined) return textOf(names);
  return fc.string({ minLength: 1, maxLength: Math.min(maxLength, 20) });
}
