// Behind the gateway: each service at its own port, with the same shapes and without /api. None trusts the gateway to have checked.
import { beforeAll, describe, expect, it } from 'vitest';
import { newProduct, type Product } from '../support/catalog.ts';
import { callService, type Options } from '../support/client.ts';
import { buy, settled } from '../support/orders.ts';
import { admin, newCustomer, type Person } from '../support/people.ts';
import { architecture, type Service } from '../support/shop.ts';

const services: Service[] = ['user', 'product', 'cart', 'order', 'payment', 'email'];

let boss: string;
let customer: Person;
let stranger: Person;
let product: Product;
let paid: any;

beforeAll(async () => {
  boss = await admin();
  customer = await newCustomer();
  stranger = await newCustomer();
  product = await newProduct(boss, '6.00', 1_000);
  paid = await settled((await buy(customer.token, [{ product_id: product.id, quantity: 1 }])).id, customer.token);
});

/** `request` is "GET /cart/7"; `contract` the public path with the same answers, if there is one. */
const ask = (service: Service, request: string, contract?: string, options: Options = {}) => {
  const [method, path] = request.split(' ') as [string, string];
  return callService(service, method, path, contract, { token: customer.token, ...options });
};

describe.skipIf(architecture.isMonolith())('each service', () => {
  it.each(services)('%s says what it is, how it is, and its metrics', async (service) => {
    const greeting = (await ask(service, 'GET /')).json;
    expect(greeting).toMatchObject({ service: `${service}-service`, status: 'ok', version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    for (const path of ['/health', '/health/live', '/health/ready']) expect((await ask(service, `GET ${path}`, path)).status).toBe(200);
    expect((await ask(service, 'GET /metrics', '/metrics')).text).toContain('# TYPE');
  });

  it.each(services)('%s knows no /api', async (service) => {
    for (const path of ['/api', '/api/products', '/api/cart', '/api/orders', '/api/auth/me']) expect((await ask(service, `GET ${path}`)).status).toBe(404);
  });
});

describe.skipIf(architecture.isMonolith())('the user service', () => {
  it('signs in and tells who one is', async () => {
    const signedIn = await ask('user', 'POST /auth/login', '/api/auth/login', { body: { email: customer.email, password: customer.password } });
    expect(signedIn.status).toBe(200);
    expect((await ask('user', 'GET /auth/me', '/api/auth/me', { token: signedIn.json.access_token })).json.id).toBe(customer.id);
    expect((await ask('user', 'GET /.well-known/jwks.json', '/.well-known/jwks.json')).status).toBe(200);
  });

  it('shows a user to themselves and to an admin, and to nobody else', async () => {
    const look = (token: string) => ask('user', `GET /users/${customer.id}`, '/api/auth/me', { token });
    expect((await look(customer.token)).json).toMatchObject({ id: customer.id, email: customer.email });
    expect((await look(boss)).json).toMatchObject({ id: customer.id, email: customer.email });
    expect((await ask('user', `GET /users/${customer.id}`, undefined, { token: stranger.token })).status).toBe(404);
    expect((await look('')).status).toBe(401);
  });
});

describe.skipIf(architecture.isMonolith())('the product service', () => {
  it('shows the catalog to everyone', async () => {
    expect((await ask('product', 'GET /products?limit=1', '/api/products', { token: '' })).json).toHaveLength(1);
    expect((await ask('product', `GET /products/${product.id}`, '/api/products/1', { token: '' })).json.price).toBe('6.00');
  });

  it('lets nobody but an admin change it', async () => {
    const change = (token: string) => ask('product', `PUT /products/${product.id}`, '/api/products/1', { token, body: { description: 'Changed.' } });
    expect((await change('')).status).toBe(401);
    expect((await change(customer.token)).status).toBe(403);
    expect((await change(boss)).json.description).toBe('Changed.');
  });
});

describe.skipIf(architecture.isMonolith())('the cart service', () => {
  it('keeps a cart for its owner', async () => {
    const path = `/cart/${customer.id}`;
    const item = (await ask('cart', `POST ${path}/items`, '/api/cart/items', { body: { product_id: product.id, quantity: 2 } })).json.items[0];
    expect(item).toMatchObject({ product_id: product.id, quantity: 2 });
    expect((await ask('cart', `PUT ${path}/items/${item.id}`, '/api/cart/items/1', { body: { quantity: 3 } })).json.items[0].quantity).toBe(3);
    expect((await ask('cart', `GET ${path}`, '/api/cart')).json.total).toBe('18.00');
    expect((await ask('cart', `GET ${path}`, '/api/cart', { token: boss })).json.total).toBe('18.00');
    expect((await ask('cart', `DELETE ${path}/items/${item.id}`, '/api/cart/items/1')).json.items).toEqual([]);
    expect((await ask('cart', `DELETE ${path}`, '/api/cart')).json.items).toEqual([]);
  });

  it.each(['GET', 'DELETE'])("does not let anybody else %s it", async (method) => {
    expect((await ask('cart', `${method} /cart/${customer.id}`, undefined, { token: stranger.token })).status).toBe(403);
    expect((await ask('cart', `${method} /cart/${customer.id}`, undefined, { token: '' })).status).toBe(401);
  });

  it('does not let anybody else fill it', async () => {
    const options = { token: stranger.token, body: { product_id: product.id } };
    expect((await ask('cart', `POST /cart/${customer.id}/items`, undefined, options)).status).toBe(403);
    expect((await ask('cart', `POST /cart/${customer.id}/purchases`, undefined, { ...options, body: { order_id: 1, items: [] } })).status).toBe(403);
  });
});

describe.skipIf(architecture.isMonolith())('the order service', () => {
  it.each([
    ['/checkout', 200],
    ['/orders/checkout', 201],
  ])('takes orders at %s', async (path, status) => {
    const answer = await ask('order', `POST ${path}`, `/api${path}`, { body: { items: [{ product_id: product.id, quantity: 1 }] } });
    expect([answer.status, answer.json.user_id]).toEqual([status, customer.id]);
  });

  it("shows a customer's orders to them and to an admin, and to nobody else", async () => {
    const list = (token: string) => ask('order', `GET /orders/user/${customer.id}`, '/api/orders', { token });
    expect((await list(customer.token)).json.map((order: any) => order.id)).toContain(paid.id);
    expect((await list(boss)).json.map((order: any) => order.id)).toContain(paid.id);
    expect((await ask('order', `GET /orders/user/${customer.id}`, undefined, { token: stranger.token })).status).toBe(403);
    expect((await list('')).status).toBe(401);
  });

  it.each(['', '/status', '/events', '/stream'])('shows /orders/{id}%s to its customer; to others there is no such order', async (suffix) => {
    const look = (token: string) => ask('order', `GET /orders/${paid.id}${suffix}`, `/api/orders/1${suffix}`, { token });
    expect((await look(customer.token)).status).toBe(200);
    expect((await look(stranger.token)).status).toBe(404);
    expect((await look('')).status).toBe(401);
  });

  it('lets nobody else cancel', async () => {
    expect((await ask('order', `POST /orders/${paid.id}/cancel`, '/api/orders/1/cancel', { token: stranger.token })).status).toBe(404);
  });
});

describe.skipIf(architecture.isMonolith())('the payment service', () => {
  it('shows a payment to who paid, and to nobody else', async () => {
    const look = (token: string) => ask('payment', `GET /payments/${paid.id}`, undefined, { token });
    expect((await look(customer.token)).json).toMatchObject({ order_id: paid.id, amount: '6.00', status: 'processed' });
    expect((await look(stranger.token)).status).toBe(404);
    expect((await look('')).status).toBe(401);
  });
});

describe.skipIf(architecture.isMonolith())('no service believes a token that the user service did not sign', () => {
  it.each([
    ['user', () => `GET /users/${customer.id}`],
    ['product', () => `DELETE /products/${product.id}`],
    ['cart', () => `GET /cart/${customer.id}`],
    ['order', () => `GET /orders/${paid.id}`],
    ['payment', () => `GET /payments/${paid.id}`],
  ] as [Service, () => string][])('%s', async (service, request) => {
    const [head, , signature] = boss.split('.') as [string, string, string];
    const claims = { sub: String(customer.id), user_id: customer.id, role: 'admin', iss: 'tandem', aud: 'tandem-shop', exp: 4_000_000_000 };
    const token = `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
    expect((await ask(service, request(), undefined, { token, headers: { 'x-user-id': String(customer.id) } })).status).toBe(401);
  });
});
