import mongoose, { type ClientSession, type Connection, type ConnectOptions } from 'mongoose';
import type { Encryption, Sealing } from '../secrets/sealing';
import type { Retrying } from './failures/try-again';
import type { Vault } from './personal/personal';

/**
 * Under which the verbs of a collection work. A session's verbs read every write acknowledged
 * before its last operation.
 */
export type StoreScope = Readonly<{
  session?: ClientSession;
  retrying: Retrying;
  /** Encrypts what is personal in rows. Absent where there is no key ring. */
  vault?: Vault;
}>;

/**
 * The address of MongoDB; `database` wins over the name in `uri`. Settled events are kept for
 * `eventRetentionDays`.
 */
export type StoreSettings = Readonly<{
  uri: string;
  database?: string;
  eventRetentionDays?: number;
  sealing: Sealing;
  /** With it what is personal in rows is encrypted. */
  encryption?: Encryption;
}>;

/** A connection that no other store of the process shares; not connected yet. */
export function createConnection(): Connection {
  return mongoose.createConnection();
}

/** Every write is acknowledged by a majority, every wait has an end. */
export function connectOptionsOf({ database }: StoreSettings): ConnectOptions {
  return {
    ...(database === undefined ? {} : { dbName: database }),
    ignoreUndefined: true,
    readPreference: 'primary',
    writeConcern: { w: 'majority', wtimeoutMS: 5_000 },
    serverSelectionTimeoutMS: 2_000,
    connectTimeoutMS: 2_000,
    heartbeatFrequencyMS: 2_000,
    socketTimeoutMS: 10_000,
  };
}
