/** Who plays, and what each of them shows. */
export const shoppers = {
  prompt: 'buys within the hour',
  forgetful: 'forgets her basket',
  persuaded: 'buys after the first reminder',
  collector: 'keeps adding items, buys on the next day',
  reserved: 'has given no consent to marketing',
  hasty: 'her order arrives before its own cart update',
  reviewer: 'had an order delivered six days back',
} as const;

export type Shopper = keyof typeof shoppers;

export const shopperNames = [
  'prompt',
  'forgetful',
  'persuaded',
  'collector',
  'reserved',
  'hasty',
  'reviewer',
] as const satisfies readonly Shopper[];

export function addressOf(shopper: Shopper): string {
  return `${shopper}@example.com`;
}
