import { documentOf } from '../../../src/api/openapi/openapi';
import { routes } from '../../../src/api/routes';
import { connectors } from '../../../src/connectors/connectors';
import { routesOf } from '../../../src/api/connectors/connector-routes';
import { openTestApi, type TestApi } from '../test-api';

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});

afterAll(() => api.close());

const table = routes.map(({ method, path }) => [method, path] as const);

const foreign = Object.values(connectors).flatMap((connector) =>
  routesOf(connector).map(({ path }) => path),
);

type ObjectSchema = Readonly<{ properties: object; additionalProperties?: unknown }>;

/** Every object with named fields in the body of a request. */
function objectsIn(operation: unknown): readonly ObjectSchema[] {
  const found: ObjectSchema[] = [];
  const body = JSON.stringify((operation as { requestBody?: unknown }).requestBody ?? {});
  JSON.parse(body, (key, value: unknown) => {
    const isObject = typeof value === 'object' && value !== null && 'properties' in value;
    if (isObject && key !== 'properties') found.push(value as ObjectSchema);
    return value;
  });
  return found;
}

describe('the OpenAPI document', () => {
  it('is served as it is built', async () => {
    const answer = await api.anonymous.get('/openapi.json');

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(JSON.parse(JSON.stringify(documentOf(routes))));
    expect(answer.body).toMatchObject({ openapi: '3.1.0' });
  });

  it('has exactly the routes of the table', () => {
    const described = Object.entries(documentOf(routes).paths ?? {}).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );

    expect(described.toSorted()).toEqual(table.map((entry) => entry.join(' ')).toSorted());
  });

  it('names every operation once', () => {
    const ids = Object.values(documentOf(routes).paths ?? {}).flatMap((item) =>
      Object.values(item).map((operation) => (operation as { operationId: string }).operationId),
    );

    expect(new Set(ids).size).toBe(table.length);
  });

  it('refers only to what it holds', () => {
    const text = JSON.stringify(documentOf(routes));
    const referred = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);

    expect(Object.keys(documentOf(routes).components?.schemas ?? {})).toEqual(
      expect.arrayContaining(referred),
    );
  });

  it('bounds every integer that a client gives', () => {
    const given = Object.values(documentOf(routes).paths ?? {})
      .flatMap((item) => Object.values(item) as readonly Readonly<Record<string, unknown>>[])
      .map(({ parameters, requestBody }) => JSON.stringify({ parameters, requestBody }));
    const integers = [...given.join().matchAll(/{"type":"integer"[^}]*}/g)].map(([text]) => text);

    expect(integers.filter((text) => !text.includes('"maximum"'))).toEqual([]);
    expect(integers.length).toBeGreaterThan(10);
  });

  it('says of every object that a client gives which fields it has, but for foreign formats', () => {
    const closed = routes
      .filter(({ path }) => !foreign.includes(path))
      .flatMap(({ method, path }) => objectsIn(documentOf(routes).paths?.[path]?.[method]));

    expect(closed.filter(({ additionalProperties }) => additionalProperties !== false)).toEqual([]);
    expect(closed.length).toBeGreaterThan(20);
  });

  it.each(table)('describes what %s %s answers', async (method, path) => {
    const answer = await api.admin[method](path.replaceAll(/[{}]/g, ''));

    const allowed = answer.headers['allow'];
    expect(answer.status).toBeLessThan(500);
    expect(allowed).toBeUndefined();
  });
});

describe('an answer fits its schema', () => {
  const prepare = async () => {
    await api.admin.put('/v1/templates/t').send({
      channel: 'email',
      defaultLocale: 'en',
      locales: { en: { subject: 'Hi', html: '<p>Hi</p>' } },
    });
    await api.admin.put('/v1/journeys/j').send({
      name: 'J',
      stage: 'decision',
      entry: { events: ['A'] },
      steps: [{ id: 'w', kind: 'wait', for: 'PT1H' }],
    });
    await api.admin.put('/v1/contacts/u').send({ consents: { marketing: { email: true } } });
    await api.admin.post('/v1/events').send({ id: 'e', name: 'A', contact: { userId: 'u' } });
    await api.deps.intake.drain();
  };
  const readable = routes.filter(
    ({ method, path }) =>
      method === 'get' && path.startsWith('/v1') && !/enrollmentId|messageId/.test(path),
  );
  const known: Readonly<Record<string, string>> = {
    journeyId: 'j',
    version: '1',
    ref: 'u',
    eventId: 'e',
    templateId: 't',
    address: 'ada@shop.test',
  };

  beforeAll(prepare);

  it.each(readable.map((route) => [route.path, route] as const))('at %s', async (path, route) => {
    const url = path.replace(/\{(\w+)\}/g, (_match, name: string) => known[name] ?? '');

    const answer = await api.admin.get(url);

    const schema = route.operation.answers[200]?.schema;
    expect(schema?.safeParse(answer.body).error).toBeUndefined();
    expect(answer.status).toBe(200);
  });
});
