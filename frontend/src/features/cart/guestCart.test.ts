import { expect, test } from 'vitest';
import type { Product } from '../../api/types';
import { guestAdded, guestCartReducer, guestQuantitySet, quantity_max, restoredGuestCart } from './guestCart';

const mouse = { id: 2, name: 'Mouse', price: '49.99', image_url: null } as Product;
const add = (quantity: number) => guestAdded({ product: mouse, quantity });

test('the same product adds up, at its latest price, to at most 999', () => {
  const once = guestCartReducer([], add(2));
  const twice = guestCartReducer(once, guestAdded({ product: { ...mouse, price: '39.99' }, quantity: 3 }));
  expect(twice).toMatchObject([{ product_id: 2, quantity: 5, price: '39.99' }]);
  expect(guestCartReducer(twice, add(9999))).toMatchObject([{ quantity: quantity_max }]);
});

test('a quantity of zero takes the line out', () => {
  const cart = guestCartReducer([], add(1));
  expect(guestCartReducer(cart, guestQuantitySet({ product_id: 2, quantity: 0 }))).toEqual([]);
});

test('what was kept comes back; what this app cannot have written is an empty cart', () => {
  const cart = guestCartReducer([], add(1));
  expect(restoredGuestCart(JSON.stringify(cart))).toEqual(cart);
  for (const text of [
    null,
    '',
    '{',
    '{}',
    '[1]',
    '[{"product_id":2}]',
    '[{"product_id":2,"quantity":1,"name":"x","price":"free"}]',
  ]) {
    expect(restoredGuestCart(text)).toEqual([]);
  }
});
