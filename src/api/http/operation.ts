import type { z } from 'zod';
import type { Delivery } from '../../connectors/connector';
import type { Fault } from '../../core/domain-error';
import type { ReportDelivery } from '../../core/messages/report';
import type { Workspace } from '../../core/workspaces/workspace';
import type { ApiDependencies } from '../dependencies';
import { brokenRule, dangerIn, mostFaults, read, type Read } from './problems/faults';
import type { Rounded } from './body/read-json';
import { refusal, type Reply } from './reply';
import type { Scope } from './scope';

/**
 * Says how a body is read. `types: 'any'` takes JSON under any content type: client libraries send
 * odd ones.
 */
export type Reading = Readonly<{
  types: 'json' | 'any';
  /** Leaves the body as bytes. */
  isRaw?: true;
  limitBytes: number;
  /** For numbers that JavaScript would round: `refused` by default, with their place. */
  rounded?: Rounded;
  /** No body is a body without fields, which has no type. */
  mayBeAbsent?: boolean;
  /** Its own schema judges a message, and only the parts that are kept. */
  isForeign?: true;
  /**
   * The operation checks the items of this field itself. A bad item spares the rest. The rate limit
   * counts each.
   */
  itemsIn?: string;
  /** Says whether the sender is authentic, before the body is parsed; false answers 401. */
  verify?: (delivery: Delivery) => boolean;
}>;

/** A body of another system, as it was signed. */
export const signedBytes: Reading = { types: 'any', isRaw: true, limitBytes: 256 * 1024 };

export const ownJson: Reading = { types: 'json', limitBytes: 1024 * 1024 };

/** True of a body in which no field is required. */
export function mayBeAbsent(body: z.ZodType): boolean {
  return body.safeParse({}).success;
}

/** An answer for the document; `type` where it is not JSON. */
export type Answer = Readonly<{ description: string; schema?: z.ZodType; type?: string }>;

/** The caller, by the key. The workspace comes from nowhere else. */
export type Caller = Readonly<{
  workspace: Workspace;
  /** The name of the key, for the record of what it did. */
  keyName: string;
  /** True of a scope that the key has; `admin` stands for all. */
  may: (scope: Scope) => boolean;
}>;

/** The caller; a repeat of its request is known by the key. */
export type CallerContext = Caller & Readonly<{ idempotencyKey?: string }>;

/** The context of a call. */
export type ApiContext = CallerContext &
  Readonly<{
    /** Long work says by it that it gets on. Silence is taken for a store that is away. */
    progressed: () => void;
    /** The most items of a batch that may be under way together. */
    itemsAtOnce: number;
  }>;

/**
 * Answers from the store where the same content came before. Else it does the work and stores its
 * answer.
 */
export type Once = (
  content: Readonly<{ params: unknown; body: unknown }>,
  work: () => Promise<Reply>,
) => Promise<Reply>;

/** A request as the shell has read it: unchecked. */
export type RawCall = Readonly<{
  once?: Once;
  params: unknown;
  query: unknown;
  headers: unknown;
  body: unknown;
}>;

type Described = Readonly<{
  summary: string;
  description?: string;
  answers: Readonly<Record<number, Answer>>;
  /** The refusals of a call that was let in and fits its schema. */
  refuses?: readonly OwnRefusal[];
}>;

/** The problems that an operation itself may answer; the shell answers the others. */
export type OwnRefusal = 'not-found' | 'conflict' | 'unprocessable';

type Schemas<Params, Query, Headers, Body> = Readonly<{
  params?: Params;
  query?: Query;
  headers?: Headers;
  body?: Body;
  reading?: Reading;
  /**
   * Takes an `Idempotency-Key`. The same request under the same key is carried out once and
   * answered alike.
   */
  idempotent?: true;
  /** Each call leaves a line in the audit log. */
  audited?: true;
  /** Describes the body in OpenAPI where the operation itself checks it more finely. */
  bodyDocument?: z.ZodType;
}>;

/**
 * An operation in the route table: its description, and `run`. `run` checks and carries out a call.
 */
export type Operation<Context extends object> = Described &
  Schemas<z.ZodObject, z.ZodObject, z.ZodObject, z.ZodType> &
  Readonly<{
    run: (raw: RawCall, context: Context, deps: ApiDependencies) => Promise<Reply>;
  }>;

export type ApiOperation = Operation<ApiContext>;
export type OpenOperation = Operation<object>;
export type SignedOperation = Operation<SignedContext>;

/** A request as its sender has signed it. */
export type SignedContext = Readonly<{ sent: Omit<ReportDelivery, 'now'> }>;

type Call<Params, Query, Headers, Body> = Readonly<{
  params: z.output<Params>;
  query: z.output<Query>;
  headers: z.output<Headers>;
  body: z.output<Body>;
}>;

type Spec<Params, Query, Headers, Body, Context> = Described &
  Schemas<Params, Query, Headers, Body> &
  Readonly<{
    handle: (
      call: Call<Params, Query, Headers, Body> & Context,
      deps: ApiDependencies,
    ) => Promise<Reply> | Reply;
  }>;

/**
 * Makes an operation of the contract from its schemas and its handler. The handler sees checked
 * values only.
 */
export const operation = builderFor<ApiContext>();

/** An operation that anybody may call. */
export const openOperation = builderFor<object>();

/** An operation that another system calls, by a request that it has signed. */
export const signedOperation = builderFor<SignedContext>();

function builderFor<Context extends object>() {
  return <
    Params extends z.ZodObject,
    Query extends z.ZodObject,
    Headers extends z.ZodObject,
    Body extends z.ZodType,
  >({
    handle,
    ...described
  }: Spec<Params, Query, Headers, Body, Context>): Operation<Context> => ({
    ...described,
    run: async (raw, context, deps) => {
      const call = readCall(described, raw);
      if (call.kind === 'faulty') return badRequest(call.faults);
      const work = async () => handle({ ...call.value, ...context }, deps);
      return raw.once ? raw.once({ params: raw.params, body: raw.body }, work) : work();
    },
  });
}

function readCall<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Headers extends z.ZodObject,
  Body extends z.ZodType,
>(
  schemas: Schemas<Params, Query, Headers, Body>,
  raw: RawCall,
): Read<Call<Params, Query, Headers, Body>> {
  const { reading } = schemas;
  const danger = reading?.isForeign ? [] : dangerIn(withoutItems(raw.body, reading));
  if (danger.length > 0) return { kind: 'faulty', faults: danger };
  const params = readPart(schemas.params, raw.params, ['path']);
  const query = readPart(schemas.query, raw.query, ['query']);
  const headers = readPart(schemas.headers, raw.headers, ['header']);
  const body = readPart(schemas.body, raw.body);
  if (
    params.kind === 'faulty' ||
    query.kind === 'faulty' ||
    headers.kind === 'faulty' ||
    body.kind === 'faulty'
  ) {
    return { kind: 'faulty', faults: [params, query, headers, body].flatMap(faultsIn) };
  }
  const value = {
    params: params.value,
    query: query.value,
    headers: headers.value,
    body: body.value,
  };
  return { kind: 'read', value };
}

/**
 * The answer to a request that does not fit its schema: 400. If it breaks only rules that the
 * schema cannot say: 422.
 */
export function badRequest(faults: readonly Fault[]): Reply {
  const [first] = faults;
  const fitsSchema = faults.every(({ code }) => code === brokenRule);
  const more = faults.length > 1 ? ` (and ${moreThan(faults)}, see errors)` : '';
  return refusal(
    fitsSchema ? 'unprocessable' : 'invalid-request',
    `${first?.detail ?? 'The request is not valid'}${more}.`,
    faults,
  );
}

function moreThan({ length }: readonly Fault[]): string {
  return length < mostFaults ? `${length - 1} more` : 'others';
}

/** A part without a schema is not looked at. */
function readPart<Schema extends z.ZodType>(
  schema: Schema | undefined,
  value: unknown,
  at: readonly string[] = [],
): Read<z.output<Schema>> {
  if (schema) return read(schema, value, at);
  return { kind: 'read', value: undefined as z.output<Schema> };
}

function faultsIn(part: Read<unknown>): readonly Fault[] {
  return part.kind === 'faulty' ? part.faults : [];
}

function withoutItems(body: unknown, reading: Reading | undefined): unknown {
  const items = reading?.itemsIn;
  if (items === undefined || typeof body !== 'object' || body === null) return body;
  return Array.isArray(Reflect.get(body, items)) ? { ...body, [items]: [] } : body;
}
