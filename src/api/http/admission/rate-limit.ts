import { LRUCache } from 'lru-cache';
import type { WorkspaceId } from '../../../core/ids';
import {
  borrowTokens,
  takeToken,
  type Bucket,
  type BucketPolicy,
  type Taken,
} from './token-bucket';

/** An API key, named by its hash, and the workspace whose it is. */
export type Holder = Readonly<{ keyHash: string; workspace: WorkspaceId }>;

/** Each has a bucket. So a workspace gains nothing by many keys. */
export type Limited = 'key' | 'workspace';

export type RatePolicies = Readonly<Record<Limited, BucketPolicy>>;

/** The headers are those of draft-ietf-httpapi-ratelimit-headers-08. */
export type Grant = Readonly<{ headers: Readonly<Record<string, string>> }> &
  (
    | Readonly<{ isGranted: true }>
    | Readonly<{ isGranted: false; exhausted: Limited; retryAfterS: number }>
  );

/** The bytes of a body, uncompressed, and its items. A body that is no batch is one item. */
export type Weight = Readonly<{ bytes: number; items: number }>;

export type RateLimit = Readonly<{
  /** Takes one request of a key and of its workspace. Each process counts for itself. */
  take: (holder: Holder) => Grant;
  /**
   * Counts the further items of a body as requests. Full KiB count if they are more. It refuses a
   * body for which others have left nothing. Undefined where there is nothing further to count.
   */
  weigh: (holder: Holder, weight: Weight) => Grant | undefined;
}>;

const bytesPerRequest = 1_024;

/** An owner can replace keys without end. The key that was idle longest is forgotten. */
const mostCounted = 10_000;

/** `now` is a steady clock in milliseconds. */
export function createRateLimit(policies: RatePolicies, now: () => number): RateLimit {
  const newBuckets = () => new LRUCache<string, Bucket>({ max: mostCounted });
  const buckets = { key: newBuckets(), workspace: newBuckets() };
  const policy = each((name) => policyOf(name, policies[name]));
  type Take = (before: Bucket | undefined, policy: BucketPolicy) => Taken;
  const takeBoth = ({ keyHash, workspace }: Holder, take: Take): Grant => {
    const key = take(buckets.key.get(keyHash), policies.key);
    const all = take(buckets.workspace.get(workspace), policies.workspace);
    const grant = grantOf(policy, { key, workspace: all });
    if (grant.isGranted) {
      buckets.key.set(keyHash, key.bucket);
      buckets.workspace.set(workspace, all.bucket);
    }
    return grant;
  };
  return {
    take: (holder) => takeBoth(holder, (before, policy) => takeToken(before, policy, now())),
    weigh: (holder, weight) => {
      const cost = costOf(weight);
      if (cost === 0) return undefined;
      return takeBoth(holder, (before, policy) =>
        borrowTokens(before, policy, { cost, at: now() }),
      );
    },
  };
}

/** The requests for which a body counts, beside its own. */
export function costOf({ bytes, items }: Weight): number {
  return Math.max(Math.floor(bytes / bytesPerRequest), items - 1);
}

const limited = ['key', 'workspace'] as const satisfies readonly Limited[];

function each(tell: (name: Limited) => string): string {
  return limited.map(tell).join(', ');
}

function grantOf(policy: string, taken: Readonly<Record<Limited, Taken>>): Grant {
  const headers = {
    'RateLimit-Policy': policy,
    RateLimit: each((name) => `"${name}";r=${taken[name].remaining};t=${taken[name].fullInS}`),
  };
  const exhausted = limited.find((name) => !taken[name].isGranted);
  if (exhausted === undefined) return { isGranted: true, headers };
  const retryAfterS = Math.max(1, ...limited.map((name) => taken[name].nextInS));
  return { isGranted: false, exhausted, retryAfterS, headers };
}

function policyOf(name: Limited, { perSecond, burst }: BucketPolicy): string {
  return `"${name}";q=${burst};w=${Math.ceil(burst / perSecond)}`;
}
