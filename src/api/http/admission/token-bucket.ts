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

/** Takes `cost` tokens where the bucket has `least` of them. */
type Taking = Readonly<{ cost: number; least: number; at: number }>;

/** Takes one token, or none where less than one is left. An absent bucket is a full one. */
export function takeToken(before: Bucket | undefined, policy: BucketPolicy, at: number): Taken {
  return takeTokens(before, policy, { cost: 1, least: 1, at });
}

/**
 * Takes tokens that may not be there, unless the bucket has a debt already. A debt is one burst at
 * most.
 */
export function borrowTokens(
  before: Bucket | undefined,
  policy: BucketPolicy,
  { cost, at }: Omit<Taking, 'least'>,
): Taken {
  return takeTokens(before, policy, { cost, least: 0, at });
}

function takeTokens(
  before: Bucket | undefined,
  { perSecond, burst }: BucketPolicy,
  { cost, least, at }: Taking,
): Taken {
  const elapsedS = before ? Math.max(0, at - before.at) / 1_000 : 0;
  const filled = before ? Math.min(burst, before.tokens + elapsedS * perSecond) : burst;
  const isGranted = filled >= least;
  const tokens = isGranted ? Math.max(-burst, filled - cost) : filled;
  return {
    bucket: { tokens, at: Math.max(at, before?.at ?? at) },
    isGranted,
    remaining: Math.max(0, Math.floor(tokens)),
    fullInS: Math.ceil((burst - tokens) / perSecond),
    nextInS: Math.ceil(Math.max(0, 1 - tokens) / perSecond),
  };
}
