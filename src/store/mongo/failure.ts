import mongoose from 'mongoose';
import { DomainError, type DomainErrorCode } from '../../core/domain-error';

type Verb = (...args: never[]) => Promise<unknown>;

/** Not the primary, shutting down, out of time: the same command may succeed later. */
const passingCodes = new Set<unknown>([50, 64, 91, 189, 262, 10107, 11600, 11602, 13435, 13436]);
/** A field name that the server refuses, or a document that is too large. */
const unstorableCodes = new Set<unknown>([52, 55, 57, 10334]);
const duplicateKey = 11_000;

const {
  MongoBulkWriteError,
  MongoError,
  MongoNetworkError,
  MongoServerSelectionError,
  MongoNotConnectedError,
} = mongoose.mongo;
const { BSONError } = mongoose.mongo.BSON;

export function isDuplicateKey(error: unknown): boolean {
  if (!(error instanceof MongoError) || error.code !== duplicateKey) return false;
  return !(error instanceof MongoBulkWriteError) || isNothingElse(error);
}

/** The places, in one command, of the inserts that were duplicates. */
export function duplicatesIn(error: unknown): ReadonlySet<number> {
  if (!(error instanceof MongoBulkWriteError)) return new Set([0]);
  return new Set([error.writeErrors].flat().map(({ index }) => index));
}

/** True when each failed insert was a duplicate, and the rest was acknowledged. */
function isNothingElse({ writeErrors, result }: InstanceType<typeof MongoBulkWriteError>): boolean {
  if (result.getWriteConcernError()) return false;
  return [writeErrors].flat().every(({ code }) => code === duplicateKey);
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
  if (isUnavailable(error))
    return caused('unavailable', 'MongoDB does not answer; try again.', error);
  if (isUnstorable(error)) return caused('invalid', 'MongoDB cannot hold this value.', error);
  return error;
}

function caused(code: DomainErrorCode, message: string, cause: Error): DomainError {
  const error = new DomainError(code, message);
  error.cause = cause;
  return error;
}

function isUnavailable(error: unknown): error is Error {
  if (error instanceof mongoose.Error) return isMongooseWaiting(error);
  if (!(error instanceof MongoError)) return false;
  return (
    error instanceof MongoNetworkError ||
    error instanceof MongoServerSelectionError ||
    error instanceof MongoNotConnectedError ||
    error.hasErrorLabel('RetryableWriteError') ||
    isBrokenBulk(error) ||
    passingCodes.has(error.code)
  );
}

/** A bulk write whose connection broke names no fault of any row. */
function isBrokenBulk(error: Error): boolean {
  return (
    error instanceof MongoBulkWriteError &&
    error.code === undefined &&
    [error.writeErrors].flat().length === 0
  );
}

/** True where the value is at fault: the same value fails again. */
export function isUnstorable(error: unknown): error is Error {
  return (
    error instanceof BSONError || (error instanceof MongoError && unstorableCodes.has(error.code))
  );
}

/** The plain class says that a command came before the first connection. */
function isMongooseWaiting(error: mongoose.Error): boolean {
  return (
    error instanceof mongoose.Error.MongooseServerSelectionError || error.name === 'MongooseError'
  );
}
