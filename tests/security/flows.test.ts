// OWASP API6: what can be done with purchases by who means the shop no good.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { newProduct } from '../support/catalog.ts';
import { call, get, post } from '../support/client.ts';
import { settled } from '../support/orders.ts';
import { newCustomer } from '../support/people.ts';
import { architecture } from '../support/shop.ts';
import { eventually } from '../support/wait.ts';
import { charges } from '../support/world.ts';
import { makeWorld, world } from './support/access.ts';

beforeAll(makeWorld);

const checkOut = (token: string, product: number, quantity = 1, key: string = randomUUID()) =>
  post('/api/checkout', { items: [{ product_id: product, quantity }] }, token, { 'idempotency-key': key });
const stockOf = async (product: number) => (await get(`/api/products/${product}`)).json.stock as number;

describe('a customer who does not pay', () => {
  it('holds no stock: all of it can be bought again once the card is declined', async () => {
    const product = (await newProduct(world.tokens.admin, '1.13', 3)).id; // an amount that ends in .13 is declined
    const declined = await checkOut(world.tokens.stranger, product, 1);
    if (architecture.isMonolith()) expect(declined.status).toBe(402);
    else expect((await settled(declined.json.id, world.tokens.stranger)).status).toBe('failed');
    await eventually('the stock is there again', async () => (await stockOf(product)) === 3);
  });

  it('holds no stock by a full cart', async () => {
    const product = (await newProduct(world.tokens.admin, '5.00', 3)).id;
    await post('/api/cart/items', { product_id: product, quantity: 3 }, world.tokens.stranger);
    expect(await stockOf(product)).toBe(3);
    const bought = await checkOut(world.tokens.owner, product, 3);
    expect((await settled(bought.json.id, world.tokens.owner)).status).toBe('paid');
  });

  it('holds no stock by orders that are taken back, however often', async () => {
    const product = (await newProduct(world.tokens.admin, '5.00', 3)).id;
    for (let turn = 0; turn < 3; turn += 1) {
      const order = await settled((await checkOut(world.tokens.stranger, product, 3)).json.id, world.tokens.stranger);
      expect(order.status).toBe('paid');
      expect((await call('POST', `/api/orders/${order.id}/cancel`, { token: world.tokens.stranger })).status).toBe(200);
      await eventually('the stock is there again', async () => (await stockOf(product)) === 3);
    }
  });

  it('holds nothing of what there is too little of: a line that fails takes the others with it', async () => {
    const [much, little] = [(await newProduct(world.tokens.admin, '5.00', 10)).id, (await newProduct(world.tokens.admin, '5.00', 1)).id];
    const items = [{ product_id: much, quantity: 10 }, { product_id: little, quantity: 2 }];
    const answer = await post('/api/checkout', { items }, world.tokens.stranger);
    if (architecture.isMonolith()) expect(answer.status).toBe(409);
    else expect((await settled(answer.json.id, world.tokens.stranger)).status).toBe('failed');
    await eventually('the stock is there again', async () => (await stockOf(much)) === 10);
  });
});

describe('an Idempotency-Key', () => {
  it('of another customer leads to nothing of theirs, though it is guessed', async () => {
    const key = 'order-1';
    const theirs = (await newCustomer()).token;
    const first = await checkOut(theirs, world.product, 1, key);
    const mine = await checkOut(world.tokens.stranger, world.product, 1, key);
    expect([first.status, mine.status]).toEqual([200, 200]);
    expect(mine.headers.get('idempotency-replayed')).toBeNull();
    expect(mine.json.id).not.toBe(first.json.id);
    expect(mine.json.user_id).not.toBe(first.json.user_id);
    expect((await checkOut(theirs, world.product, 1, key)).json.id).toBe(first.json.id);
  });

  it('does not turn a small order into a large one, nor a large one into a small one', async () => {
    const { token } = await newCustomer();
    const key = randomUUID();
    expect((await checkOut(token, world.product, 1, key)).status).toBe(200);
    expect((await checkOut(token, world.product, 99, key)).status).toBe(422);
    expect((await get('/api/orders', token)).json).toHaveLength(1);
  });
});

describe('money', () => {
  it('goes back once, though an order is cancelled eight times at once', async () => {
    const order = await settled((await checkOut(world.tokens.owner, world.product)).json.id, world.tokens.owner);
    const answers = await Promise.all(Array.from({ length: 8 }, () => call('POST', `/api/orders/${order.id}/cancel`, { token: world.tokens.owner })));
    expect(answers.filter((answer) => ![200, 409, 503].includes(answer.status))).toEqual([]);
    await eventually('the charge is refunded', async () => (await charges(order.id))[0]?.status === 'refunded');
    expect(await charges(order.id)).toHaveLength(1);
  });

  it('is not made of lines that take something away', async () => {
    const cheap = { product_id: world.product, quantity: 1 };
    for (const quantity of [-1, 0, 0.5, '1', null, true, [1]]) {
      expect([400, 422]).toContain((await post('/api/checkout', { items: [cheap, { product_id: 1, quantity }] }, world.tokens.owner)).status);
    }
  });

  it('is what the catalog says when the order is placed, not what it said when the cart was filled', async () => {
    const { token } = await newCustomer();
    const product = (await newProduct(world.tokens.admin, '5.00', 10)).id;
    await post('/api/cart/items', { product_id: product, quantity: 1 }, token);
    await call('PUT', `/api/products/${product}`, { token: world.tokens.admin, body: { price: '50.00' } });
    const answer = await post('/api/checkout', {}, token);
    if (answer.status === 200) expect(answer.json.total_amount).toBe('50.00');
    else expect(answer.status).toBe(409);
  });

  it('can not be had for what was taken off the catalog', async () => {
    const product = (await newProduct(world.tokens.admin, '5.00', 10)).id;
    await call('DELETE', `/api/products/${product}`, { token: world.tokens.admin });
    const answer = await checkOut(world.tokens.stranger, product);
    if (answer.status === 200) expect((await settled(answer.json.id, world.tokens.stranger)).status).toBe('failed');
    else expect([404, 409, 422]).toContain(answer.status);
  });
});

describe('a review', () => {
  it('counts once a customer, though it is sent eight times at once', async () => {
    const product = (await newProduct(world.tokens.admin, '5.00', 10)).id;
    await settled((await checkOut(world.tokens.owner, product)).json.id, world.tokens.owner);
    const send = () => post(`/api/products/${product}/reviews`, { rating: 1 }, world.tokens.owner);
    await eventually('the buyer is known', async () => (await send()).status !== 403);
    const answers = await Promise.all(Array.from({ length: 8 }, send));
    expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(409));
    expect((await get(`/api/products/${product}`)).json.review_count).toBe(1);
  });
});
