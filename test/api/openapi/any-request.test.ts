import fc from 'fast-check';
import { documentOf } from '../../../src/api/openapi/openapi';
import { routes } from '../../../src/api/routes';
import { valueOf, type Schema } from '../../support/any-request';
import { openTestApi, type TestApi } from '../test-api';

type Parameter = Readonly<{ name: string; in: string; required?: boolean; schema: Schema }>;
type Described = Readonly<{
  parameters?: readonly Parameter[];
  requestBody?: Readonly<{ content: Readonly<Record<string, Readonly<{ schema: Schema }>>> }>;
}>;
type Request = Readonly<Record<'path' | 'query' | 'header', Record<string, unknown>>> &
  Readonly<{ body: unknown }>;

const { paths = {}, components } = documentOf(routes);
const schemas = (components?.schemas ?? {}) as Readonly<Record<string, Schema>>;
const operations = routes.map(({ method, path }) => ({
  name: `${method} ${path}`,
  method,
  path,
  described: paths[path]?.[method] as Described,
}));

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

describe('a request that fits the document', () => {
  it.each(operations)('is refused by nothing in it: $name', async ({ described, ...operation }) => {
    const property = fc.asyncProperty(requestTo(described), async (request) =>
      isTaken(await answerTo(operation, request)),
    );

    const { failed, counterexample } = await fc.check(property, { numRuns: 25, seed: 11 });

    expect({ failed, counterexample }).toEqual({ failed: false, counterexample: null });
  });
});

describe('a request that does not fit the document', () => {
  const fields = operations.flatMap(({ described, ...operation }) =>
    Object.entries(described.requestBody?.content ?? {})
      .flatMap(([, { schema }]) => fieldsOf(schema))
      .map(([field, schema]) => ({ ...operation, described, field, schema })),
  );

  it.each(fields)(
    'is refused: $name with a wrong $field',
    async ({ described, field, ...operation }) => {
      const [request] = fc.sample(requestTo(described), { numRuns: 1, seed: 7 });
      const body = { ...(request?.body as object), [field]: () => undefined, unheardOf: true };

      const answer = await answerTo(operation, { ...emptyRequest, ...request, body });

      expect(answer.status).toBe(400);
    },
  );
});

describe('a body that may be absent', () => {
  it.each([
    ['put', '/v1/contacts/ada'],
    ['put', '/v1/suppressions/ada@shop.test'],
    ['post', '/v1/track'],
  ] as const)('is read as one without fields: %s %s', async (method, url) => {
    const silent = await api.admin[method](url);
    const empty = await api.admin[method](url).set('Content-Length', '0');

    expect([silent.status, empty.status]).not.toContain(400);
    expect([silent.ok, empty.ok]).toEqual([true, true]);
  });
});

describe('a rule that JSON Schema cannot say', () => {
  it.each([
    ['put', '/v1/contacts/ada', { timeZone: 'Europe/Atlantis' }],
    ['put', '/v1/contacts/ada', { email: `ada@${'ü'.repeat(80)}.test` }],
    ['put', '/v1/contacts/%060', {}],
    ['post', '/v1/events', { name: 'Seen', contact: { userId: 'gu\u200best' } }],
    ['post', '/v1/events', { name: 'Seen', contact: { phone: '\u202c0', email: '' } }],
    ['get', '/v1/enrollments?step=reviewed', undefined],
    ['get', '/v1/events?cursor=none', undefined],
  ] as const)('is answered 422 where it alone is broken: %s %s %j', async (method, url, body) => {
    const answer = await api.admin[method](url).send(body);

    expect(answer.status).toBe(422);
  });

  it('is answered 400 beside a field that does not fit', async () => {
    const answer = await api.admin
      .put('/v1/contacts/ada')
      .send({ timeZone: 'Europe/Atlantis', unheardOf: 1 });

    expect(answer.status).toBe(400);
  });
});

const emptyRequest: Request = { path: {}, query: {}, header: {}, body: undefined };

function requestTo({ parameters = [], requestBody }: Described): fc.Arbitrary<Request> {
  const partOf = (place: string) => {
    const inPlace = parameters.filter((parameter) => parameter.in === place);
    const values = inPlace.map(({ name, schema }) => [name, valueOf(schema, schemas)]);
    const requiredKeys = inPlace.flatMap(({ name, required }) => (required ? [name] : []));
    return fc.record(Object.fromEntries(values) as Record<string, fc.Arbitrary<unknown>>, {
      requiredKeys,
    });
  };
  const body = requestBody?.content['application/json']?.schema;
  return fc.record({
    path: partOf('path'),
    query: partOf('query'),
    header: partOf('header'),
    body: body ? valueOf(body, schemas) : fc.constant(undefined),
  });
}

type Place = Readonly<{ method: 'get' | 'put' | 'post' | 'delete'; path: string }>;

function answerTo({ method, path }: Place, { path: params, query, header, body }: Request) {
  const url = path.replace(/\{(\w+)\}/g, (_match, name: string) => segment(params[name]));
  return api.admin[method](url)
    .query(query)
    .set(header as Record<string, string>)
    .send(body as object);
}

/** A segment of a path; an empty one, and dots, would make another path. */
function segment(value: unknown): string {
  const text = encodeURIComponent(String(value));
  return ['', '.', '..'].includes(text) ? 'x' : text;
}

/** Taken, or refused for what is there or for a rule of its own; never for its form. */
function isTaken({ status }: Readonly<{ status: number }>): boolean {
  return status < 300 || [404, 409, 422].includes(status);
}

function fieldsOf(schema: Schema): readonly (readonly [string, Schema])[] {
  const { properties = {}, additionalProperties } = referredBy(schema);
  return additionalProperties === false ? Object.entries(properties) : [];
}

function referredBy(schema: Schema): Schema {
  return schemas[schema.$ref?.split('/').at(-1) ?? ''] ?? schema;
}
