/** Tokens come back at `perSecond` until there are `burst`. */
export type BucketPolicy = Readonly<{ perSecond: number; burst: number }>;

/** The tokens there were at an instant, in milliseconds of any steady clock. */
export type Bucket = Readonly<{ tokens: number; at: number }>;

export type Taken = Readonly<{
  bucket: Bucket;
  isGranted: boolean;
  /** Whole tokens left. */
  remaining: number;
  /** Whole seconds until the bucket is full again. */
  fullInS: number;
  /** Whole seconds until there is a token, 0 where there is one. */
  nextInS: number;
}>;

/** Takes tokens that may not be there. A debt is one burst at most. */
export function charge(
  before: Bucket | undefined,
  { burst }: BucketPolicy,
  { cost, at }: Readonly<{ cost: number; at: number }>,
): Bucket {
  const { tokens, at: since } = before ?? { tokens: burst, at };
  return { tokens: Math.max(-burst, tokens - cost), at: since };
}

/** Takes one token, or none where less than one is left. An absent bucket is a full one. */
export function takeToken(before: Bucket | undefined, policy: BucketPolicy, at: number): Taken {
  const { perSecond, burst } = policy;
  const elapsedS = before ? Math.max(0, at - before.at) / 1_000 : 0;
  const filled = before ? Math.min(burst, before.tokens + elapsedS * perSecond) : burst;
  const isGranted = filled >= 1;
  const tokens = isGranted ? filled - 1 : filled;
  return {
    bucket: { tokens, at: Math.max(at, before?.at ?? at) },
    isGranted,
    remaining: Math.max(0, Math.floor(tokens)),
    fullInS: Math.ceil((burst - tokens) / perSecond),
    nextInS: Math.ceil(Math.max(0, 1 - tokens) / perSecond),
  };
}
