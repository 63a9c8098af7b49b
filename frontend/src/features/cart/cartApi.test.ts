import { expect, test } from 'vitest';
import type { Cart, Product } from '../../api/types';
import { withAdded, withQuantity } from './cartApi';

const empty: Cart = { id: 1, user_id: 1, items: [], total: '0.00' };
const mouse = { id: 2, name: 'Mouse', price: '0.10', image_url: null } as Product;

test('a cart shows what was added before the shop has answered, in exact cents', () => {
  const cart = withAdded(empty, mouse, 3);
  expect(cart.items).toMatchObject([{ product_id: 2, quantity: 3, subtotal: '0.30' }]);
  expect(cart.total).toBe('0.30');
});

test('the same product adds up', () => {
  expect(withAdded(withAdded(empty, mouse, 1), mouse, 2).items).toMatchObject([{ quantity: 3 }]);
});

test('a new quantity changes line and total, and zero takes the line out', () => {
  const cart = withAdded(empty, mouse, 1);
  const item = cart.items[0]!;
  expect(withQuantity(cart, item.id, 5).total).toBe('0.50');
  expect(withQuantity(cart, item.id, 0)).toMatchObject({ items: [], total: '0.00' });
});
