import { charge, takeToken, type Bucket, type BucketPolicy, type Taken } from './token-bucket';

export type RateLimit = Readonly<{
  /**
   * Takes one request of an API key, which is named by its hash. Each process counts for itself.
   */
  take: (keyHash: string) => Readonly<{
    isGranted: boolean;
    retryAfterS: number;
    /** `RateLimit` and `RateLimit-Policy` of draft-ietf-httpapi-ratelimit-headers-08. */
    headers: Readonly<Record<string, string>>;
  }>;
  /** Counts each full KiB of a body as a further request of its key. */
  weigh: (keyHash: string, bytes: number) => void;
}>;

const bytesPerRequest = 1_024;

const policyName = '"key"';

/**
 * `now` is a steady clock in milliseconds. Only keys that exist may be counted, or the memory would
 * not be bounded.
 */
export function createRateLimit(policy: BucketPolicy, now: () => number): RateLimit {
  const buckets = new Map<string, Bucket>();
  const windowS = Math.ceil(policy.burst / policy.perSecond);
  return {
    weigh: (keyHash, bytes) => {
      const cost = Math.floor(bytes / bytesPerRequest);
      buckets.set(keyHash, charge(buckets.get(keyHash), policy, { cost, at: now() }));
    },
    take: (keyHash) => {
      const taken = takeToken(buckets.get(keyHash), policy, now());
      buckets.set(keyHash, taken.bucket);
      return {
        isGranted: taken.isGranted,
        retryAfterS: Math.max(1, taken.nextInS),
        headers: {
          'RateLimit-Policy': `${policyName};q=${policy.burst};w=${windowS}`,
          RateLimit: rateLimitOf(taken),
        },
      };
    },
  };
}

function rateLimitOf({ remaining, fullInS }: Taken): string {
  return `${policyName};r=${remaining};t=${fullInS}`;
}
