// Many customers at once.
import { beforeAll, expect, it } from 'vitest';
import { newProduct } from '../support/catalog.ts';
import { get, post } from '../support/client.ts';
import { buy, settled } from '../support/orders.ts';
import { admin, newCustomer, type Person } from '../support/people.ts';
import { charges } from '../support/world.ts';

let boss: string;
beforeAll(async () => {
  boss = await admin();
});

it('60 shoppers for 10 units: exactly 10 are paid, 50 are told that it is out of stock', async () => {
  const product = await newProduct(boss, '42.00', 10);
  const shoppers: Person[] = [];
  for (let i = 0; i < 6; ++i) shoppers.push(await newCustomer());
  const orders = await Promise.all(
    Array.from({ length: 60 }, async (_, i) => {
      const { token } = shoppers[i % shoppers.length]!;
      return { token, id: (await buy(token, [{ product_id: product.id, quantity: 1 }])).id };
    }),
  );
  const ends = await Promise.all(orders.map(({ id, token }) => settled(id, token)));

  expect(ends.filter((order) => order.status === 'paid')).toHaveLength(10);
  expect(ends.filter((order) => order.status === 'failed' && order.reason === 'out_of_stock')).toHaveLength(50);
  expect((await get(`/api/products/${product.id}`)).json.stock).toBe(0);
  for (const order of ends) expect(await charges(order.id)).toHaveLength(order.status === 'paid' ? 1 : 0);
});

it('8 parallel requests with one key make one order and one charge', async () => {
  const customer = await newCustomer();
  const product = await newProduct(boss, '12.00', 100);
  const key = { 'idempotency-key': `double-click-${customer.id}` };
  const body = { items: [{ product_id: product.id, quantity: 1 }] };
  await Promise.all(Array.from({ length: 8 }, () => post('/api/checkout', body, customer.token, key)));

  const orders = (await get('/api/orders', customer.token)).json;
  expect(orders).toHaveLength(1);
  expect((await settled(orders[0].id, customer.token)).status).toBe('paid');
  expect(await charges(orders[0].id)).toHaveLength(1);
  expect((await get(`/api/products/${product.id}`)).json.stock).toBe(99);
});
