/** The names of Segment's e-commerce specification, and those that shops add to it. */
const published = [
  'Products Searched',
  'Product List Viewed',
  'Product List Filtered',
  'Promotion Viewed',
  'Promotion Clicked',
  'Product Clicked',
  'Product Viewed',
  'Product Added',
  'Product Removed',
  'Product Shared',
  'Product Reviewed',
  'Product Added to Wishlist',
  'Product Removed from Wishlist',
  'Wishlist Product Added to Cart',
  'Cart Viewed',
  'Cart Updated',
  'Cart Shared',
  'Checkout Started',
  'Checkout Step Viewed',
  'Checkout Step Completed',
  'Payment Info Entered',
  'Order Updated',
  'Order Completed',
  'Order Refunded',
  'Order Cancelled',
  'Order Fulfilled',
  'Order Delivered',
  'Coupon Entered',
  'Coupon Applied',
  'Coupon Denied',
  'Coupon Removed',
] as const;

/** The names of its first version that have other words. */
const older = {
  'viewed product category': 'Product List Viewed',
  'searched products': 'Products Searched',
} as const;

const byFolded: ReadonlyMap<string, string> = new Map([
  ...published.flatMap((name) => [folded(name), reversed(name)].map((key) => [key, name] as const)),
  ...Object.entries(older),
]);

/**
 * The name of an event as Segment publishes it now. Case, and blanks or underscores between words,
 * do not count; the first version wrote the verb before its object, such as `Completed Order`.
 * Other names are trimmed and stay as they are.
 */
export function publishedName(name: string): string {
  return byFolded.get(folded(name)) ?? name.trim();
}

function folded(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, ' ');
}

/** The verb comes last in names of today. */
function reversed(name: string): string {
  const words = folded(name).split(' ');
  return [words.at(-1), ...words.slice(0, -1)].join(' ');
}
