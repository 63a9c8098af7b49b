// What the shop says while it cannot serve: at once, with the right status, and when to come again.
import { beforeAll, describe, expect, it } from 'vitest';
import { newProduct, type Product } from '../support/catalog.ts';
import { call, type Options } from '../support/client.ts';
import { type Answer } from '../support/openapi.ts';
import { buy } from '../support/orders.ts';
import { frozen, withSettings, without } from '../support/parts.ts';
import { admin, newCustomer, type Person } from '../support/people.ts';
import { architecture, shop } from '../support/shop.ts';
import { eventually } from '../support/wait.ts';

let customer: Person;
let product: Product;
beforeAll(async () => {
  customer = await newCustomer();
  product = await newProduct(await admin(), '8.00', 1_000);
});

const ask = (request: string, options: Options = {}) => {
  const [method, path] = request.split(' ') as [string, string];
  return call(method, path, { token: customer.token, ...options });
};

function isToComeAgain(answer: Answer, status: 429 | 503): void {
  expect(answer.status).toBe(status);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
}

describe.skipIf(architecture.isMonolith())('a part is away: 503 with Retry-After', () => {
  const signIn = () => ({ body: { email: customer.email, password: customer.password } });
  const checkOut = () => ({ body: { items: [{ product_id: product.id, quantity: 1 }] } });

  it.each([
    ['user-service', 'POST /api/auth/login', signIn],
    ['product-service', 'GET /api/products', () => ({})],
    ['cart-service', 'GET /api/cart', () => ({})],
    ['order-service', 'POST /api/checkout', checkOut],
    ['user-db', 'POST /api/auth/login', signIn],
    ['product-db', 'GET /api/products?q=anything', () => ({})],
    ['cart-db', 'GET /api/cart', () => ({})],
    ['order-db', 'POST /api/checkout', checkOut],
  ])('%s: %s, until it is back', async (part, request, options) => {
    await without(part, async () => {
      isToComeAgain(await ask(request, options()), 503);
      await eventually('/health tells it', async () => (await fetch(`${shop.url()}/health`)).status === 503, 5_000);
    });
    expect((await ask(request, options())).status).toBe(200);
  });

  it('and what does not need that part is served', () =>
    without('user-service', async () => {
      expect((await ask('GET /api/cart')).status).toBe(200);
      expect((await ask('POST /api/checkout', checkOut())).status).toBe(200);
    }));
});

describe.skipIf(architecture.isMonolith())('too much at once: 503 with Retry-After, and no waiting', () => {
  it('of passwords to check', () =>
    withSettings('user-service', { PASSWORD_THREADS: '1', PASSWORD_QUEUE_MAX: '1' }, async () => {
      const body = { email: customer.email, password: customer.password };
      const answers = await Promise.all(Array.from({ length: 16 }, () => ask('POST /api/auth/login', { body })));
      const refused = answers.filter((answer) => answer.status !== 200);
      expect(refused.length).toBeGreaterThan(0);
      expect(refused.length).toBeLessThan(16);
      for (const answer of refused) isToComeAgain(answer, 503);
    }));

  it('of open streams', () =>
    withSettings('order-service', { STREAMS_MAX: '1' }, () =>
      without('payment-service', async () => {
        const order = (await buy(customer.token, [{ product_id: product.id, quantity: 1 }])).id; // stays open: nobody charges it
        const first = new AbortController();
        const open = await fetch(`${shop.url()}/api/orders/${order}/stream`, { headers: { authorization: `Bearer ${customer.token}` }, signal: first.signal });
        expect(open.status).toBe(200);
        isToComeAgain(await ask(`GET /api/orders/${order}/stream`), 503);
        first.abort();
      }),
    ));
});

describe.skipIf(architecture.isMonolith())('a deadline passes: 504', () => {
  it.each([
    ['cart-service', 'GET /api/cart'],
    ['order-service', 'GET /api/orders'],
  ])('when %s does not answer within X-Deadline-Ms of %s', async (part, request) => {
    await frozen(part, async () => {
      const begin = Date.now();
      const answer = await ask(request, { headers: { 'x-deadline-ms': '300' } });
      expect(answer.status).toBe(504);
      expect(Date.now() - begin).toBeGreaterThanOrEqual(290);
      expect(Date.now() - begin).toBeLessThan(3_000);
    });
    expect((await ask(request, { headers: { 'x-deadline-ms': '5000' } })).status).toBe(200);
  });
});

describe.skipIf(architecture.isMonolith())('a caller asks too often: 429 with Retry-After', () => {
  it('alone, and is let in again after that time', async () => {
    const other = await newCustomer();
    await withSettings('gateway', { RATE_LIMIT_PER_S: '1', RATE_LIMIT_BURST: '5' }, async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => ask('GET /api/cart')));
      const refused = answers.filter((answer) => answer.status !== 200);
      expect(refused.length).toBeGreaterThanOrEqual(10);
      for (const answer of refused) isToComeAgain(answer, 429);
      expect((await ask('GET /api/cart', { token: other.token })).status).toBe(200);
      await eventually('the caller is let in again', async () => (await ask('GET /api/cart')).status === 200, 10_000, 500);
    });
  });
});
