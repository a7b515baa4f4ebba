import { NativeConnection } from '@temporalio/worker';
import { Client } from '@temporalio/client';
import mongoose from 'mongoose';
import { createClient, type Client as Rest } from '../scripts/survive/shop';
import type { StackJson } from '../scripts/survive/stack';
import type { Postgres } from './temporal/postgres';
import { createPost, type Post } from './http';
import type { MortalWorker } from './workers';

/** A running stack, and the ways to it. */
export type Product = Readonly<{
  rest: Rest;
  post: Post;
  temporal: Client;
  database: mongoose.mongo.Db;
  events: mongoose.mongo.Collection<StoredEvent>;
  close: () => Promise<void>;
}>;

/** What every row works with. */
export type Bench = Product &
  Readonly<{
    /** To the bare server of B1. */
    postBare: Post;
    /** A collection that nobody else uses. */
    scratch: mongoose.mongo.Collection;
    bareQueue: string;
    /** When the mail server first heard of an address. */
    mailsHeardAt: ReadonlyMap<string, number>;
    /** The addresses that more than one mail was for. */
    mailsDoubled: ReadonlySet<string>;
    /** The product's, and that of the bare workflows. */
    workers: Readonly<Record<'product' | 'bare', MortalWorker>>;
    /** By name, for the CPU they use. */
    processes: Readonly<Record<string, number>>;
    metrics: () => Promise<string>;
    /** Undefined on Temporal's development server. */
    postgres: Postgres | undefined;
    rounds: number;
    sizes: Sizes;
  }>;

/** The numbers of journeys that rows work with. Smaller ones take less time and prove less. */
export type Sizes = Readonly<{
  /** Due in one second. */
  due: number;
  /** Waiting beside those that a row measures. */
  waiting: number;
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
  mailsDoubled: Bench['mailsDoubled'];
  workers: Bench['workers'];
  processes: Bench['processes'];
  postgres: Bench['postgres'];
  rounds: number;
  sizes: Sizes;
}>;

const connections = 64;

/** Opens the ways to a stack, in a namespace of Temporal. */
export async function openProduct(stack: StackAddresses, namespace = 'default'): Promise<Product> {
  const connection = await NativeConnection.connect({ address: stack.temporal });
  const mongo = await new mongoose.mongo.MongoClient(stack.mongodb).connect();
  const database = mongo.db();
  return {
    rest: createClient(() => stack),
    post: createPost(stack.api, stack.apiKey, connections),
    temporal: new Client({ connection, namespace }),
    database,
    events: database.collection<StoredEvent>('events'),
    close: async () => {
      await mongo.close();
      await connection.close();
    },
  };
}

export async function openBench({ stack, bareOrigin, ...others }: Surroundings): Promise<Bench> {
  const product = await openProduct(stack);
  return {
    ...product,
    ...others,
    postBare: createPost(bareOrigin, stack.apiKey, connections),
    scratch: product.database.collection('bench'),
    metrics: async () => (await fetch(stack.apiMetrics)).text(),
  };
}
