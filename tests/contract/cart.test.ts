import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newProduct, type Product } from '../support/catalog.ts';
import { del, get, post, put } from '../support/client.ts';
import { admin, newCustomer, type Person } from '../support/people.ts';
import { architecture } from '../support/shop.ts';
import { eventually } from '../support/wait.ts';

let boss: string;
let product: Product;
let other: Product;
let customer: Person;

beforeAll(async () => {
  boss = await admin();
  product = await newProduct(boss, '10.10', 100);
  other = await newProduct(boss, '0.99', 100);
});
beforeEach(async () => {
  customer = await newCustomer();
});

const add = (product_id: number, quantity?: number) =>
  post('/api/cart/items', quantity === undefined ? { product_id } : { product_id, quantity }, customer.token);

describe('the cart', () => {
  it('is empty at first', async () => {
    expect((await get('/api/cart', customer.token)).json).toMatchObject({ user_id: customer.id, items: [], total: '0.00' });
  });

  it('takes one piece when no quantity is said', async () => {
    const answer = await add(product.id);
    expect(answer.status).toBe(architecture.addToCartStatus());
    expect(answer.json.items).toMatchObject([{ product_id: product.id, product_name: product.name, name: product.name, price: '10.10', price_snapshot: '10.10', quantity: 1, subtotal: '10.10' }]);
  });

  it('adds the same product up and sums exactly', async () => {
    await add(product.id, 2);
    await add(other.id, 3);
    const cart = (await add(product.id, 1)).json;
    expect(cart.items).toHaveLength(2);
    expect(cart.items.find((item: any) => item.product_id === product.id)).toMatchObject({ quantity: 3, subtotal: '30.30' });
    expect(cart.total).toBe('33.27');
  });

  it('adds up what comes in parallel', async () => {
    await Promise.all(Array.from({ length: 10 }, () => add(product.id, 1)));
    expect((await get('/api/cart', customer.token)).json.items).toMatchObject([{ quantity: 10 }]);
  });

  it('sets and removes by item', async () => {
    const item = (await add(product.id, 2)).json.items[0].id;
    expect((await put(`/api/cart/items/${item}`, { quantity: 5 }, customer.token)).json.items).toMatchObject([{ quantity: 5 }]);
    expect((await put(`/api/cart/items/${item}`, { quantity: 0 }, customer.token)).json.items).toEqual([]);
    expect((await del(`/api/cart/items/${item}`, customer.token)).status).toBe(404);
  });

  it('deletes one item, or all', async () => {
    await add(product.id);
    const item = (await add(other.id)).json.items.find((line: any) => line.product_id === other.id).id;
    expect((await del(`/api/cart/items/${item}`, customer.token)).json.items).toMatchObject([{ product_id: product.id }]);
    const cleared = await del('/api/cart', customer.token);
    expect([cleared.status, cleared.json.items]).toEqual([200, []]);
  });

  it('is 404 for an unknown product', async () => {
    expect((await add(999_999_999)).status).toBe(404);
  });

  it('refuses a product that was deleted, soon after', async () => {
    const item = await newProduct(boss, '1.00', 5);
    await add(item.id);
    await del(`/api/products/${item.id}`, boss);
    await eventually('the cart has heard of it', async () => (await add(item.id)).status === 404);
  });

  it.each([0, -1, 1000, 1.5, '2', null, 1e30])('is 422 for a quantity of %s', async (quantity) => {
    expect((await post('/api/cart/items', { product_id: product.id, quantity }, customer.token)).status).toBe(quantity === null ? architecture.addToCartStatus() : 422);
  });

  it('refuses a sum beyond 999 pieces', async () => {
    await add(product.id, 999);
    expect((await add(product.id, 1)).status).toBe(422);
  });

  it('belongs to one person: another cannot touch its items', async () => {
    const item = (await add(product.id)).json.items[0].id;
    const thief = await newCustomer();
    expect((await put(`/api/cart/items/${item}`, { quantity: 9 }, thief.token)).status).toBe(404);
    expect((await del(`/api/cart/items/${item}`, thief.token)).status).toBe(404);
    expect((await get('/api/cart', customer.token)).json.items).toMatchObject([{ quantity: 1 }]);
  });

  it('shows a changed price soon', async () => {
    const item = await newProduct(boss, '1.00', 5);
    await add(item.id);
    await put(`/api/products/${item.id}`, { price: '2.00' }, boss);
    await eventually('the cart shows the new price', async () => (await get('/api/cart', customer.token)).json.total === '2.00');
  });
});
