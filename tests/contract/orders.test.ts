import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { newProduct, type Product } from '../support/catalog.ts';
import { call, get, patch, post } from '../support/client.ts';
import { buy, settled, streamed } from '../support/orders.ts';
import { admin, newCustomer, type Person } from '../support/people.ts';
import { architecture } from '../support/shop.ts';

let boss: string;
let customer: Person;
let product: Product;
let paid: any;

beforeAll(async () => {
  boss = await admin();
  customer = await newCustomer();
  product = await newProduct(boss, '20.00', 1000);
  const order = await buy(customer.token, [{ product_id: product.id, quantity: 2 }]);
  paid = await settled(order.id, customer.token);
});

const checkout = (body: unknown, headers: Record<string, string> = {}) => post('/api/checkout', body, customer.token, headers);
const line = (change: object = {}) => ({ product_id: product.id, quantity: 1, ...change });

describe('checkout', () => {
  it('answers with the order at once', async () => {
    const answer = await checkout({ items: [line({ quantity: 3 })], payment_method: 'paypal', shipping_address: '1 Main Street' });
    expect(answer.status).toBe(architecture.checkoutStatus());
    expect(answer.json).toMatchObject({
      user_id: customer.id,
      user_email: customer.email,
      status: architecture.statusAtCheckout(),
      total_amount: '60.00',
      payment_method: 'paypal',
      shipping_address: '1 Main Street',
      items: [{ product_id: product.id, product_name: product.name, quantity: 3, price: '20.00', subtotal: '60.00' }],
    });
  });

  it('has another name that answers 201', async () => {
    expect((await post('/api/orders/checkout', { items: [line()] }, customer.token)).status).toBe(201);
  });

  it('buys the cart and leaves it empty', async () => {
    const buyer = await newCustomer();
    await post('/api/cart/items', { product_id: product.id, quantity: 2 }, buyer.token);
    const answer = await call('POST', '/api/checkout', { token: buyer.token });
    expect(answer.json).toMatchObject({ total_amount: '40.00' });
    expect((await get('/api/cart', buyer.token)).json.items).toEqual([]);
  });

  it('buys just the items that are sent: the very next look at the cart shows them gone, and the others there', async () => {
    const buyer = await newCustomer();
    const extra = await newProduct(boss, '1.00', 5);
    for (let i = 0; i < 5; ++i) {
      await post('/api/cart/items', { product_id: product.id, quantity: 2 }, buyer.token);
      await post('/api/cart/items', { product_id: extra.id }, buyer.token);
      await post('/api/checkout', { items: [line({ quantity: 2 })] }, buyer.token);
      expect((await get('/api/cart', buyer.token)).json.items).toMatchObject([{ product_id: extra.id, quantity: i + 1 }]);
    }
  });

  it('is 400 for an empty cart', async () => {
    const answer = await call('POST', '/api/checkout', { token: (await newCustomer()).token, body: {} });
    expect(answer.status).toBe(400);
  });

  it('merges lines of the same product', async () => {
    const answer = await checkout({ items: [line(), line({ quantity: 2 })] });
    expect(answer.json.items).toMatchObject([{ quantity: 3 }]);
  });

  it('is 409 when the price that was sent is not the catalog\'s, and never uses it', async () => {
    const answer = await checkout({ items: [line({ price: '0.01' })] });
    expect(answer.status).toBe(409);
  });

  it('takes the right price with it', async () => {
    expect((await checkout({ items: [line({ price: '20.00' })] })).status).toBe(architecture.checkoutStatus());
  });

  it.each([
    ['user_id', { user_id: 1 }],
    ['user_email', { user_email: 'someone@example.com' }],
  ])('is 403 for a foreign %s', async (_, foreign) => {
    expect((await checkout({ items: [line()], ...foreign })).status).toBe(403);
  });

  it('takes its own user_id and user_email', async () => {
    expect((await checkout({ items: [line()], user_id: customer.id, user_email: customer.email })).status).toBe(architecture.checkoutStatus());
  });

  it.each([
    ['a quantity of 0', { items: [{ quantity: 0 }] }],
    ['a negative quantity', { items: [{ quantity: -5 }] }],
    ['a quantity of 1000', { items: [{ quantity: 1000 }] }],
    ['a huge quantity', { items: [{ quantity: 4294967297 }] }],
    ['half a piece', { items: [{ quantity: 0.5 }] }],
    ['a quantity as text', { items: [{ quantity: '1' }] }],
    ['no items at all', { items: [] }],
    ['101 lines', { items: Array.from({ length: 101 }, (_, i) => ({ product_id: i + 1 })) }],
    ['items that are no list', { items: 'all' }],
    ['an unknown product', { items: [{ product_id: 999_999_999 }] }],
    ['an unknown payment method', { payment_method: 'gold' }],
    ['an address of 2,000 characters', { shipping_address: 'a'.repeat(2_000) }],
    ['a price in words', { items: [{ price: 'free' }] }],
  ])('is 422 for %s', async (_, change: any) => {
    const items = Array.isArray(change.items) ? change.items.map((item: object) => line(item)) : (change.items ?? [line()]);
    const answer = await checkout({ ...change, items });
    expect(answer.status).toBe(422);
    expect(answer.json.errors.length).toBeGreaterThan(0);
  });
});

describe('Idempotency-Key', () => {
  it('replays the stored answer, byte for byte', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const first = await checkout({ items: [line()] }, key);
    const again = await checkout({ items: [line()] }, key);
    expect(again.status).toBe(first.status);
    expect(again.text).toBe(first.text);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(first.headers.get('idempotency-replayed')).toBeNull();
  });

  it('is 422 with another request under the same key', async () => {
    const key = { 'idempotency-key': randomUUID() };
    await checkout({ items: [line()] }, key);
    expect((await checkout({ items: [line({ quantity: 2 })] }, key)).status).toBe(422);
  });

  it('makes one order of eight parallel requests', async () => {
    const buyer = await newCustomer();
    const key = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('/api/checkout', { items: [line()] }, buyer.token, key)));
    expect(answers.every((answer) => [architecture.checkoutStatus(), 409].includes(answer.status))).toBe(true);
    // This conflict passes: the others are told when to ask again.
    expect(answers.every((answer) => answer.status !== 409 || answer.headers.has('retry-after'))).toBe(true);
    expect((await get('/api/orders', buyer.token)).json).toHaveLength(1);
  });

  it('belongs to one person', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const first = await checkout({ items: [line()] }, key);
    const other = await post('/api/checkout', { items: [line()] }, (await newCustomer()).token, key);
    expect(other.status).toBe(architecture.checkoutStatus());
    expect(other.json.id).not.toBe(first.json.id);
  });

  it('is free again after a request that failed', async () => {
    const buyer = await newCustomer();
    const key = { 'idempotency-key': randomUUID() };
    expect((await post('/api/checkout', { items: [line({ price: '1.00' })] }, buyer.token, key)).status).toBe(409);
    expect((await post('/api/checkout', { items: [line()] }, buyer.token, key)).status).toBe(architecture.checkoutStatus());
  });

  it('is 422 when it is longer than 255 characters', async () => {
    expect((await checkout({ items: [line()] }, { 'idempotency-key': 'k'.repeat(256) })).status).toBe(422);
  });
});

describe('reading orders', () => {
  it('shows the paid order with its payment', async () => {
    expect(paid).toMatchObject({ status: 'paid', total_amount: '40.00', payment: { amount: '40.00', status: 'processed' } });
    expect(paid.payment.transaction_id).toBeTruthy();
  });

  it.each(['/api/orders', '/api/orders/my-orders'])('%s lists newest first, in pages', async (path) => {
    const list = (await get(`${path}?limit=2`, customer.token)).json;
    expect(list).toHaveLength(2);
    expect(list[0].id).toBeGreaterThan(list[1].id);
    expect((await get(`${path}?skip=1&limit=1`, customer.token)).json[0].id).toBe(list[1].id);
  });

  it('tells the history, oldest first', async () => {
    const history = (await get(`/api/orders/${paid.id}/events`, customer.token)).json;
    expect(history[0].type).toBe('order.created');
    expect(history.map((event: any) => event.type)).toContain('order.paid');
    expect(history.map((event: any) => event.version)).toEqual(history.map((_: any, i: number) => i + 1));
  });

  it('streams the state changes of a finished order and ends', async () => {
    const events = await streamed(paid.id, customer.token);
    expect(events.at(-1)!.data).toMatchObject({ id: paid.id, status: 'paid' });
    const rest = await streamed(paid.id, customer.token, events[0]!.id);
    expect(rest.map((event) => event.id)).toEqual(events.slice(1).map((event) => event.id));
  });

  it.each(['', '/status', '/events', '/stream'])("someone else's order%s is 404", async (suffix) => {
    const stranger = await newCustomer();
    expect((await get(`/api/orders/${paid.id}${suffix}`, stranger.token)).status).toBe(404);
  });

  it("someone else's order cannot be cancelled", async () => {
    const stranger = await newCustomer();
    expect((await post(`/api/orders/${paid.id}/cancel`, undefined, stranger.token)).status).toBe(404);
  });

  it.each(['999999999', '0', '-1', 'abc'])('is 404 for id %s', async (id) => {
    expect((await get(`/api/orders/${id}`, customer.token)).status).toBe(404);
  });
});

describe('moving an order on', () => {
  it('is for admins', async () => {
    expect((await patch(`/api/orders/${paid.id}/status`, { status: 'shipped' }, customer.token)).status).toBe(403);
  });

  it('follows the states: paid, shipped, delivered; nothing else, and no way back', async () => {
    const order = await settled((await buy(customer.token, [line()])).id, customer.token);
    const to = (status: string) => patch(`/api/orders/${order.id}/status`, { status }, boss);
    expect((await to('delivered')).status).toBe(409);
    expect((await to('shipped')).json.status).toBe('shipped');
    expect((await post(`/api/orders/${order.id}/cancel`, undefined, customer.token)).status).toBe(409);
    expect((await to('pending')).status).toBe(409);
    expect((await to('delivered')).json.status).toBe('delivered');
    expect((await to('cancelled')).status).toBe(409);
    expect((await to('flying')).status).toBe(422);
  });
});

describe('notifications', () => {
  it('tell what happened to orders and can be marked read', async () => {
    const list = (await get('/api/notifications', customer.token)).json;
    const one = list.find((notification: any) => notification.order_id === paid.id);
    expect(one).toBeDefined();
    expect((await patch(`/api/notifications/${one.id}`, { read: true }, customer.token)).json.read).toBe(true);
    expect((await patch(`/api/notifications/${one.id}`, { read: true }, (await newCustomer()).token)).status).toBe(404);
  });
});
