import { publishedName } from '../../../src/core/events/published-name';

describe('the name of an event', () => {
  it.each([
    ['Completed Order', 'Order Completed'],
    ['Viewed Product Category', 'Product List Viewed'],
    ['Viewed Checkout Step', 'Checkout Step Viewed'],
    ['order completed', 'Order Completed'],
    ['order_completed', 'Order Completed'],
    ['Order  Completed ', 'Order Completed'],
    ['Order Completed', 'Order Completed'],
    ['Product Added to Wishlist', 'Product Added to Wishlist'],
  ])('R50: "%s" is published as "%s"', (name, published) => {
    expect(publishedName(name)).toBe(published);
  });

  it.each(['Lesson_Completed', 'order', 'Completed', 'Order Completed Twice'])(
    'R50: "%s" is of the shop itself',
    (name) => {
      expect(publishedName(`${name} `)).toBe(name);
    },
  );
});
