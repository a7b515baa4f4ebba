import mongoose from 'mongoose';
import { DomainError, type DomainErrorCode } from '../../../core/domain-error';
import {
  clientFailures,
  labelFailures,
  serverFailures,
  socketFailures,
  wordedFailures,
  type FailureKind,
} from './failure-table';

type Verb = (...args: never[]) => Promise<unknown>;

const { MongoBulkWriteError, MongoError } = mongoose.mongo;

/** The kind of an error, from the tables. Undefined for a mistake of ours. */
export function failureOf(error: unknown): FailureKind | undefined {
  if (error instanceof DomainError || !(error instanceof Error)) return undefined;
  if (error instanceof MongoBulkWriteError) return failureOfBulk(error);
  const failure = failureIn(error);
  return failure ?? (error.cause === undefined ? undefined : failureOf(error.cause));
}

function failureIn(error: Error): FailureKind | undefined {
  const byCode = failureOfCode('code' in error ? error.code : undefined);
  if (byCode) return byCode;
  const byLabel = error instanceof MongoError ? labelledFailure(error) : undefined;
  return byLabel ?? wordedFailure(error) ?? namedFailure(error);
}

const byServerCode = new Map(Object.values(serverFailures));

function failureOfCode(code: unknown): FailureKind | undefined {
  if (typeof code === 'number') return byServerCode.get(code);
  return typeof code === 'string' ? socketFailures[code] : undefined;
}

function labelledFailure({ errorLabels }: mongoose.mongo.MongoError): FailureKind | undefined {
  return errorLabels.map((label) => labelFailures[label]).find((failure) => failure);
}

function wordedFailure({ message }: Error): FailureKind | undefined {
  return wordedFailures.find(([words]) => words.test(message))?.[1];
}

function namedFailure({ name }: Error): FailureKind | undefined {
  const failure = clientFailures[name];
  return failure === 'ours' ? undefined : failure;
}

type BulkFailure = InstanceType<typeof MongoBulkWriteError>;

/** From the worst on. */
const bySeverity = ['ours', 'unstorable', 'away', 'passing', 'duplicate'] as const;

/**
 * The worst that a row met. A bulk write without a row at fault has lost its connection, and the
 * driver wraps the reason up.
 */
function failureOfBulk(error: BulkFailure): FailureKind | undefined {
  const failures = failuresByPlace(error);
  if (failures) {
    const met = new Set(failures.values());
    const worst = bySeverity.find((kind) => met.has(kind));
    return worst === 'ours' ? undefined : worst;
  }
  if (error.result.getWriteConcernError()) return failureIn(error) ?? 'away';
  return failureIn(error) ?? (error.code === undefined ? 'passing' : undefined);
}

/**
 * The rows of an unordered command that failed, by their place, and why. The others are stored.
 * Undefined where nothing is known of any.
 */
export function failuresByPlace(
  error: unknown,
): ReadonlyMap<number, FailureKind | 'ours'> | undefined {
  if (!(error instanceof MongoBulkWriteError)) return undefined;
  const rows = [error.writeErrors].flat();
  if (rows.length === 0 || error.result.getWriteConcernError()) return undefined;
  return new Map(rows.map((row) => [row.index, failureOfRow(row)]));
}

function failureOfRow({ code, errmsg }: mongoose.mongo.WriteError): FailureKind | 'ours' {
  return failureOfCode(code) ?? wordedFailure(new Error(errmsg)) ?? 'ours';
}

/** True where a unique index objected, and the rest was acknowledged. */
export function isDuplicateKey(error: unknown): boolean {
  return failureOf(error) === 'duplicate';
}

/** Undefined where a unique index objected. */
export async function unlessDuplicate<Result>(
  write: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await write();
  } catch (error) {
    if (isDuplicateKey(error)) return undefined;
    throw error;
  }
}

/** True where the value is at fault: the same value fails again. */
export function isUnstorable(error: unknown): boolean {
  return failureOf(error) === 'unstorable';
}

/** The same verbs, throwing DomainError for errors of the network and unstorable data. */
export function translated<Verbs extends Readonly<Record<string, Verb>>>(verbs: Verbs): Verbs {
  const wrapped = Object.entries(verbs).map(([name, verb]) => [name, translate(verb)]);
  return Object.fromEntries(wrapped) as Verbs;
}

export function translate<Args extends readonly unknown[], Result>(
  verb: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  return async (...args) => {
    try {
      return await verb(...args);
    } catch (error) {
      throw domainErrorOf(error);
    }
  };
}

function domainErrorOf(error: unknown): unknown {
  switch (failureOf(error)) {
    case 'passing':
    case 'away':
      return caused('unavailable', 'MongoDB does not answer; try again.', error);
    case 'unstorable':
      return caused('invalid', 'MongoDB cannot hold this value.', error);
    case 'duplicate':
    case undefined:
      return error;
  }
}

function caused(code: DomainErrorCode, message: string, cause: unknown): DomainError {
  const error = new DomainError(code, message);
  error.cause = cause;
  return error;
}
