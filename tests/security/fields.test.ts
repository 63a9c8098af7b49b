// OWASP API3: a body sets only what its caller may set, and an answer shows only what its reader may see.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, get, patch, post, put } from '../support/client.ts';
import { settled, streamed } from '../support/orders.ts';
import { newCustomer } from '../support/people.ts';
import { shop } from '../support/shop.ts';
import { filled, makeWorld, operations, rules, world } from './support/access.ts';
import { partsOf } from './support/forging.ts';

beforeAll(makeWorld);

const items = () => [{ product_id: world.product, quantity: 2 }];

describe('a body cannot set', () => {
  it('the role, the number or the hash of who registers', async () => {
    const email = `climber-${randomUUID()}@example.com`;
    const wish = { role: 'admin', is_admin: true, roles: ['admin'], id: 1, user_id: 1, password_hash: 'x', created_at: '2000-01-01T00:00:00Z' };
    const user = (await post('/api/auth/register', { email, password: 'a long enough password', full_name: 'Climber', ...wish })).json;
    expect(user).toMatchObject({ email, role: 'customer' });
    expect(user.id).not.toBe(1);
    expect(user.created_at).not.toContain('2000');
    const token = (await post('/api/auth/login', { email, password: 'a long enough password', role: 'admin', user_id: 1 })).json.access_token;
    expect(partsOf(token).claims).toMatchObject({ role: 'customer', user_id: user.id });
  });

  it('what an order costs, whose it is, or that it is paid', async () => {
    const wish = { id: 1, status: 'delivered', total_amount: '0.01', total: 0.01, user: 1, payment: { status: 'processed', amount: '0.01' }, processing_duration_ms: 0, created_at: '2000-01-01T00:00:00Z' };
    const lines = items().map((item) => ({ ...item, product_name: 'Mine', price_snapshot: '0.01', subtotal: '0.01', discount: 1 }));
    const placed = (await post('/api/checkout', { ...wish, items: lines }, world.tokens.owner)).json;
    expect(placed.status).not.toBe('delivered');
    const order = await settled(placed.id, world.tokens.owner);
    expect(order).toMatchObject({ user_id: world.owner.id, user_email: world.owner.email, total_amount: '14.00', status: 'paid' });
    expect(order.id).not.toBe(1);
    expect(order.payment.amount).toBe('14.00');
    expect(order.items[0]).toMatchObject({ price: '7.00', subtotal: '14.00' });
    expect(order.items[0].product_name).not.toBe('Mine');
  });

  it('the price in a cart, or whose cart it is', async () => {
    const { token, id } = await newCustomer();
    const cart = (await post('/api/cart/items', { ...items()[0], price: '0.01', price_snapshot: '0.01', user_id: world.owner.id, cart_id: 1 }, token)).json;
    expect(cart).toMatchObject({ user_id: id, total: '14.00' });
    expect((await put(`/api/cart/items/${cart.items[0].id}`, { quantity: 1, price: '0.01', product_id: 1 }, token)).json).toMatchObject({ total: '7.00', items: [{ product_id: world.product }] });
  });

  it('the author of a review, or what it is about', async () => {
    const body = { rating: 4, user_id: 1, product_id: 1, id: 1, created_at: '2000-01-01T00:00:00Z', verified: true };
    const review = (await post(`/api/products/${world.product}/reviews`, body, world.tokens.owner)).json;
    expect(review).toMatchObject({ user_id: world.owner.id, product_id: world.product, rating: 4 });
    expect(review.created_at).not.toContain('2000');
  });

  it('the number or the rating of a product, even an administrator\'s', async () => {
    const body = { name: `Thing ${randomUUID()}`, price: '1.00', id: 1, average_rating: 5, review_count: 1_000, reserved: -5, sold: -5 };
    const product = (await post('/api/products', body, world.tokens.admin)).json;
    expect(product).toMatchObject({ average_rating: 0, review_count: 0 });
    expect(product.id).not.toBe(1);
    expect((await put(`/api/products/${product.id}`, { id: 1, average_rating: 5, review_count: 9 }, world.tokens.admin)).json).toMatchObject({ id: product.id, average_rating: 0, review_count: 0 });
  });

  it('more of a notification than that it was read', async () => {
    const before = (await get('/api/notifications', world.tokens.owner)).json[0];
    const changed = (await patch(`/api/notifications/${before.id}`, { read: true, message: 'Hacked.', order_id: 1, user_id: 1, id: 1 }, world.tokens.owner)).json;
    expect(changed).toEqual({ ...before, read: true });
  });

  it('more of an order than its state', async () => {
    const before = await settled((await post('/api/checkout', { items: items() }, world.tokens.owner)).json.id, world.tokens.owner);
    const moved = (await patch(`/api/orders/${before.id}/status`, { status: 'shipped', total_amount: '0.01', user_id: 1, items: [] }, world.tokens.admin)).json;
    expect(moved).toEqual({ ...before, status: 'shipped', updated_at: moved.updated_at });
  });

  it('the same member twice, once as it should be and once as it should not', async () => {
    const raw = `{"items":[{"product_id":${world.product},"quantity":1}],"user_id":${world.owner.id},"user_id":1}`;
    const other = `{"items":[{"product_id":${world.product},"quantity":1}],"user_id":1,"user_id":${world.owner.id}}`;
    for (const body of [raw, other]) {
      const answer = await call('POST', '/api/checkout', { raw: body, token: world.tokens.owner });
      if (answer.status === 200) expect(answer.json.user_id).toBe(world.owner.id);
      else expect([400, 403, 422]).toContain(answer.status);
    }
  });
});

/** The names of all members of a JSON value, however deep. */
function namesIn(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => [...(Array.isArray(value) ? [] : [name]), ...namesIn(inner)]);
}

describe('no answer shows', () => {
  const unfit = /pass|hash|secret|salt|fingerprint|idempot|traceparent|canonical|lease|version_lock|cents|charge_id|reserved|sold/i;
  const readable = operations.filter((operation) => operation.startsWith('GET /api/'));

  it.each(readable.filter((operation) => !operation.endsWith('/stream')))('what is the shop\'s own business: %s', async (operation) => {
    const rule = rules[operation]!;
    const answer = await call('GET', filled(operation.slice(4), await rule.id?.()), { token: world.tokens[rule.owner === 403 ? 'admin' : 'owner'] });
    expect(answer.status).toBe(200);
    expect(namesIn(answer.json).filter((name) => unfit.test(name))).toEqual([]);
  });

  it('what is the shop\'s own business: an order\'s stream', async () => {
    const told = await streamed(world.order, world.tokens.owner);
    expect(told.length).toBeGreaterThan(0);
    expect(namesIn(told.map((event) => event.data)).filter((name) => unfit.test(name))).toEqual([]);
  });

  it.each(['/api/products/1', '/api/products/1/reviews', '/openapi.yaml', '/docs'])('an address of a person to everybody: %s', async (path) => {
    const text = await (await fetch(shop.url() + path)).text();
    expect(text).not.toMatch(/[\w.]+@[\w.]+\.\w+/);
  });

  it('who wrote a review, but for a number', async () => {
    const text = (await get(`/api/products/${world.product}/reviews`)).text;
    expect(text).toContain(`"user_id":${world.owner.id}`);
    expect(text).not.toContain('@');
    expect(text).not.toContain('Test Customer');
  });
});
