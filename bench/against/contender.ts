import { join } from 'node:path';
import { ended, startStack, unlimited, untilUp } from '../../scripts/survive/stack';
import { openProduct, type Product, type StackAddresses } from '../bench';
import { publishListening } from '../listening';
import { startMailSink } from '../mail-sink';
import { publishTemplate } from '../template';
import type { Cluster } from '../temporal/server';
import { publishJourney } from './journey';

/** A commit's own stack, with mail and a namespace of its own. */
export type Contender = Product &
  Readonly<{
    mailsHeardAt: ReadonlyMap<string, number>;
    processes: Readonly<Record<string, number>>;
  }>;

type Wishes = Readonly<{
  name: string;
  /** The folder of the commit. */
  project: string;
  folder: string;
  cluster: Cluster | undefined;
}>;

export async function startContender({
  name,
  project,
  folder,
  cluster,
}: Wishes): Promise<Contender> {
  const state = join(folder, name);
  const namespace = cluster ? name : 'default';
  await cluster?.register(namespace);
  const mails = await startMailSink();
  const environment = {
    SMTP_URL: mails.url,
    TEMPORAL_NAMESPACE: namespace,
    ...(cluster && { TEMPORAL_ADDRESS: cluster.address }),
    ...unlimited,
  };
  const child = startStack(state, 1, environment, project);
  const stack = (await untilUp(state, child.pid ?? 0)) as StackAddresses;
  const product = await openProduct(stack, namespace);
  await publishTemplate(product);
  await publishListening(product);
  await publishJourney(product);
  return {
    ...product,
    mailsHeardAt: mails.heardAt,
    processes: { ...cluster?.processes, ...stack.processes, generator: process.pid },
    close: async () => {
      await product.close();
      await ended(child);
      await mails.close();
    },
  };
}
