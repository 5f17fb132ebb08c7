import { expect, it } from 'vitest';
import { Shop } from '../../../demo/page/shop.js';
import { en } from '../../../demo/page/strings/en.js';
import { zhCN } from '../../../demo/page/strings/zh-CN.js';

const inEnglish = (onChange: () => void): Shop => new Shop(() => en, onChange);
const call = { signal: new AbortController().signal, toolCallId: '1' };

it('A product that the bot adds is in the cart of its own shop only, until the cart is emptied', () => {
  let changes = 0;
  const [mine, yours] = [inEnglish(() => changes++), inEnglish(() => changes++)];
  expect(mine.tools['add_to_cart']?.run({ product: 'decaf', quantity: 2 }, call)).toBe('In the cart: 2 × Decaf.');
  expect(mine.tools['add_to_cart']?.confirm?.({ product: 'decaf' })).toBe('Put 1 × decaf into your cart?');
  expect([mine.cart, yours.cart, changes]).toEqual(['2 × Decaf', '', 1]);
  expect(mine.tools['get_cart']?.run({}, call)).toBe('2 × Decaf');
  mine.empty();
  expect(mine.tools['get_cart']?.run({}, call)).toBe('nothing yet');
});

it('Adding a product that the shop does not have throws an error that names it', () => {
  const shop = inEnglish(() => undefined);
  expect(() => shop.tools['add_to_cart']?.run({ product: 'tea' }, call)).toThrow('The shop has no tea.');
});

it('The context for the bot names the page and the product that the visitor looks at', () => {
  const shop = inEnglish(() => undefined);
  expect(shop.context()).toEqual({ page: '/coffee/house-blend', product: 'House blend' });
  shop.look('decaf');
  expect(shop.context()).toEqual({ page: '/coffee/decaf', product: 'Decaf' });
});

it('The shop answers in the language of its page, and knows products by their names in that language', () => {
  const shop = new Shop(
    () => zhCN,
    () => undefined,
  );
  const { add_to_cart: add } = shop.tools;
  expect(add?.confirm?.({ product: '低因咖啡', quantity: 2 })).toBe('把 2 份低因咖啡放进购物车？');
  expect(add?.run({ product: '低因咖啡', quantity: 2 }, call)).toBe('购物车里现在有：2 × 低因咖啡。');
  expect(shop.context()).toEqual({ page: '/coffee/house-blend', product: '招牌拼配' });
});
