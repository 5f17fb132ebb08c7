import { expect, it } from 'vitest';
import { Shop } from '../../../demo/page/shop.js';

const call = { signal: new AbortController().signal, toolCallId: '1' };

it('has what the bot puts into its cart, and no other shop’s', () => {
  let changes = 0;
  const [mine, yours] = [new Shop(() => changes++), new Shop(() => changes++)];
  expect(mine.tools['add_to_cart']?.run({ product: 'decaf', quantity: 2 }, call)).toBe('In the cart: 2 × Decaf.');
  expect(mine.tools['add_to_cart']?.confirm?.({ product: 'decaf' })).toBe('Put 1 × decaf into your cart?');
  expect([mine.cart, yours.cart, changes]).toEqual(['2 × Decaf', '', 1]);
  expect(mine.tools['get_cart']?.run({}, call)).toBe('2 × Decaf');
  mine.empty();
  expect(mine.tools['get_cart']?.run({}, call)).toBe('nothing yet');
});

it('says that it does not have something', () => {
  const shop = new Shop(() => undefined);
  expect(() => shop.tools['add_to_cart']?.run({ product: 'tea' }, call)).toThrow('The shop has no tea.');
});

it('tells the bot which page the visitor is on', () => {
  const shop = new Shop(() => undefined);
  expect(shop.context()).toEqual({ page: '/coffee/house-blend', product: 'House blend' });
  shop.look('Decaf');
  expect(shop.context()).toEqual({ page: '/coffee/decaf', product: 'Decaf' });
});
