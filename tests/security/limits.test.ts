// OWASP API4: everything that a caller can make big, many or frequent has a limit, and the others are served meanwhile.
import { connect, type Socket } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, get, post, sendBytes } from '../support/client.ts';
import { newCustomer } from '../support/people.ts';
import { shop } from '../support/shop.ts';
import { eventually } from '../support/wait.ts';
import { makeWorld, world } from './support/access.ts';

beforeAll(makeWorld);

const head = (token: string, request: string) => `${request} HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer ${token}\r\n`;
const statusesIn = (received: string) => [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]));
const othersAreServed = async () => expect((await get('/api/products?limit=1', world.tokens.owner)).status).toBe(200);

describe('how often', () => {
  it('one may ask is limited, also for what one is forbidden; others are served meanwhile', async () => {
    const { token } = await newCustomer();
    const request = `${head(token, 'DELETE /api/products/1')}\r\n`;
    const last = `${head(token, 'DELETE /api/products/1')}Connection: close\r\n\r\n`;
    const received = sendBytes(request.repeat(1_500) + last);
    await othersAreServed();
    const text = await received;
    const statuses = statusesIn(text);
    expect(statuses).toHaveLength(1_501);
    expect(new Set(statuses)).toEqual(new Set([403, 429]));
    expect(/^Retry-After: (\d+)/m.exec(text.slice(text.indexOf('HTTP/1.1 429 ')))![1]).toMatch(/^[1-9]/);
    await othersAreServed();
    await eventually('the caller is let in again', async () => (await get('/api/cart', token)).status === 200, 10_000);
  });
});

describe('how much', () => {
  const customer = () => ({ token: world.tokens.owner });
  const wanting: [string, () => Promise<{ status: number }>][] = [
    ['a page of 501', () => get('/api/products?limit=501')],
    ['a page of none', () => get('/api/products?limit=0')],
    ['a page before the first', () => get('/api/products?skip=-1')],
    ['a page beyond all numbers', () => get('/api/products?skip=99999999999999999999')],
    ['a page of 501 orders', () => get('/api/orders?limit=501', world.tokens.owner)],
    ["a page of 201 of everybody's orders", () => get('/api/admin/orders?limit=201', world.tokens.admin)],
    ['a page of 501 notifications', () => get('/api/notifications?limit=501', world.tokens.owner)],
    ['a page of 501 reviews', () => get(`/api/products/${world.product}/reviews?limit=501`)],
    ['101 products by number', () => get(`/api/products?ids=${Array(101).fill(1).join(',')}`)],
    ['a search for 201 characters', () => get(`/api/products?q=${'a'.repeat(201)}`)],
    ['an order of 101 lines', () => post('/api/checkout', { items: Array(101).fill({ product_id: world.product, quantity: 1 }) }, world.tokens.owner)],
    ['an order of 1,000 pieces', () => post('/api/checkout', { items: [{ product_id: world.product, quantity: 1_000 }] }, world.tokens.owner)],
    ['an order of 1,998 pieces in two lines', () => post('/api/checkout', { items: Array(2).fill({ product_id: world.product, quantity: 999 }) }, world.tokens.owner)],
    ['an address of 1,001 characters', () => post('/api/checkout', { shipping_address: 'a'.repeat(1_001), items: [{ product_id: world.product, quantity: 1 }] }, world.tokens.owner)],
    ['an address of 5,000 members', () => post('/api/checkout', { shipping_address: Object.fromEntries(Array(5_000).fill(0).map((_, i) => [i, i])), items: [{ product_id: world.product, quantity: 1 }] }, world.tokens.owner)],
    ['a key of 256 characters', () => call('POST', '/api/checkout', { ...customer(), body: { items: [{ product_id: world.product, quantity: 1 }] }, headers: { 'idempotency-key': 'k'.repeat(256) } })],
    ['1,000 pieces in a cart', () => post('/api/cart/items', { product_id: world.product, quantity: 1_000 }, world.tokens.owner)],
    ['fewer than no pieces', () => post('/api/cart/items', { product_id: world.product, quantity: -1 }, world.tokens.owner)],
    ['a quantity that no computer holds', () => call('POST', '/api/cart/items', { ...customer(), raw: `{"product_id":${world.product},"quantity":1e400}` })],
    ['a product that no computer counts', () => call('POST', '/api/cart/items', { ...customer(), raw: '{"product_id":99999999999999999999999}' })],
    ['a comment of 2,001 characters', () => post(`/api/products/${world.product}/reviews`, { rating: 5, comment: 'a'.repeat(2_001) }, world.tokens.owner)],
    ['a name of 201 characters', () => post('/api/auth/register', { email: 'long@example.com', password: 'a long enough password', full_name: 'a'.repeat(201) })],
    ['a password of 129 characters', () => post('/api/auth/register', { email: 'long@example.com', password: 'a'.repeat(129), full_name: 'A' })],
    ['an address of 300 characters', () => post('/api/auth/register', { email: `${'a'.repeat(300)}@example.com`, password: 'a long enough password', full_name: 'A' })],
  ];

  it.each(wanting)('%s is refused', async (_, ask) => {
    expect([400, 422]).toContain((await ask()).status);
  });

  it('a body of more than 1 MiB is refused, said before or not', async () => {
    const announced = 'POST /api/auth/login HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\n';
    expect(await sendBytes(`${announced}Content-Length: 1048577\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /);
    expect(await sendBytes(`${announced}Content-Length: 99999999999999999999999\r\n\r\n`)).toMatch(/^HTTP\/1\.1 4(00|13) /);
    const chunk = `10000\r\n${'a'.repeat(65_536)}\r\n`;
    expect(await sendBytes(`${announced}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(17)}`)).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('a head of more than 16 KiB, or of more than 100 fields, is refused', async () => {
    expect(await sendBytes(`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: shop\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
    expect(await sendBytes(`GET /health HTTP/1.1\r\nHost: shop\r\n${'X-A: b\r\n'.repeat(101)}\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('numbers and names beyond sense in a path are nothing that is there', async () => {
    for (const id of ['0', '-1', '1.5', '1e3', '0x10', '99999999999999999999', 'null', '%00', 'a'.repeat(300)]) {
      expect([400, 404, 422]).toContain((await get(`/api/orders/${id}`, world.tokens.owner)).status);
    }
  });
});

describe('how many connections', () => {
  const opened = (count: number): Promise<Socket[]> => {
    const { hostname, port } = new URL(shop.url());
    const open = () =>
      new Promise<Socket>((resolve, reject) => {
        const socket = connect(Number(port), hostname, () => resolve(socket));
        socket.on('error', reject);
      });
    return Promise.all(Array.from({ length: count }, open));
  };

  it('a thousand that say nothing keep nobody out', async () => {
    const silent = await opened(1_000);
    try {
      await othersAreServed();
    } finally {
      silent.forEach((socket) => socket.destroy());
    }
    await othersAreServed();
  });

  it('a thousand requests on one connection keep nobody out, and are answered in their order', async () => {
    const one = (path: string) => `GET ${path} HTTP/1.1\r\nHost: shop\r\n\r\n`;
    const flood = sendBytes(`${(one('/health/live') + one('/api/nothing')).repeat(500)}GET /health/live HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n`);
    await othersAreServed();
    expect(statusesIn(await flood).join()).toBe(`${'200,404,'.repeat(500)}200`);
  });
});
