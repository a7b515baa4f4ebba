import { NativeConnection } from '@temporalio/worker';
import { Client } from '@temporalio/client';
import mongoose from 'mongoose';
import { createClient, type Client as Rest } from '../scripts/survive/shop';
import type { StackJson } from '../scripts/survive/stack';
import type { Postgres } from './temporal/postgres';
import { createPost, type Post } from './http';
import type { MortalWorker } from './workers';

/** What every row works with. */
export type Bench = Readonly<{
  rest: Rest;
  /** To the product, and to the bare server of B1. */
  post: Post;
  postBare: Post;
  temporal: Client;
  events: mongoose.mongo.Collection<StoredEvent>;
  /** A collection that nobody else uses. */
  scratch: mongoose.mongo.Collection;
  bareQueue: string;
  /** When the mail server first heard of an address. */
  mailsHeardAt: ReadonlyMap<string, number>;
  /** The product's, and that of the bare workflows. */
  workers: Readonly<Record<'product' | 'bare', MortalWorker>>;
  /** By name, for the CPU they use. */
  processes: Readonly<Record<string, number>>;
  metrics: () => Promise<string>;
  /** Undefined on Temporal's development server. */
  postgres: Postgres | undefined;
  rounds: number;
  close: () => Promise<void>;
}>;

export type StoredEvent = Readonly<{
  _id: string;
  workspace: string;
  id: string;
  name: string;
  status: string;
  targets: readonly Readonly<{ enrollment: string }>[];
}>;

export type StackAddresses = StackJson &
  Readonly<{ apiMetrics: string; mongodb: string; temporal: string }>;

export type Surroundings = Readonly<{
  stack: StackAddresses;
  bareOrigin: string;
  bareQueue: string;
  mailsHeardAt: Bench['mailsHeardAt'];
  workers: Bench['workers'];
  processes: Bench['processes'];
  postgres: Bench['postgres'];
  rounds: number;
}>;

const connections = 64;

export async function openBench({
  stack,
  bareOrigin,
  bareQueue,
  mailsHeardAt,
  workers,
  processes,
  postgres,
  rounds,
}: Surroundings): Promise<Bench> {
  const connection = await NativeConnection.connect({ address: stack.temporal });
  const mongo = await new mongoose.mongo.MongoClient(stack.mongodb).connect();
  return {
    rest: createClient(() => stack),
    post: createPost(stack.api, stack.apiKey, connections),
    postBare: createPost(bareOrigin, stack.apiKey, connections),
    temporal: new Client({ connection }),
    events: mongo.db().collection<StoredEvent>('events'),
    scratch: mongo.db().collection('bench'),
    bareQueue,
    mailsHeardAt,
    workers,
    processes,
    metrics: async () => (await fetch(stack.apiMetrics)).text(),
    postgres,
    rounds,
    close: async () => {
      await mongo.close();
      await connection.close();
    },
  };
}
