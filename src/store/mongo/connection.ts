import mongoose, { type ClientSession, type Connection, type ConnectOptions } from 'mongoose';

/** Verbs made with a session read what every write acknowledged before its last operation has left behind. */
export type SessionScope = Readonly<{ session?: ClientSession }>;

/** Where MongoDB is; `database` wins over the one named in `uri`. Settled events are kept for `eventRetentionDays`. */
export type StoreSettings = Readonly<{
  uri: string;
  database?: string;
  eventRetentionDays?: number;
}>;

/** Of its own, so that nothing is shared between two stores of one process; not connected yet. */
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
