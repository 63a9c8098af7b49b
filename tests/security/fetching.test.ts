// OWASP API7: the shop calls nobody whom a request names.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, get, post, put, sendBytes } from '../support/client.ts';
import { settled } from '../support/orders.ts';
import { shop } from '../support/shop.ts';
import { eventually } from '../support/wait.ts';
import { mailsTo } from '../support/world.ts';
import { makeWorld, world } from './support/access.ts';
import { partsOf, signed, strangersKey } from './support/forging.ts';

let bait: Server;
let baitUrl: string;
let bites = 0;

beforeAll(async () => {
  bait = createServer((socket) => {
    bites += 1;
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
  });
  bait.listen(0, '127.0.0.1');
  await once(bait, 'listening');
  baitUrl = `http://127.0.0.1:${(bait.address() as AddressInfo).port}`;
  await makeWorld();
});
afterAll(() => {
  bait.close();
});

const headersWith = () => ({
  'x-forwarded-host': baitUrl.slice(7),
  'x-forwarded-for': baitUrl,
  'x-original-url': baitUrl,
  'x-rewrite-url': baitUrl,
  forwarded: `host=${baitUrl.slice(7)}`,
  referer: `${baitUrl}/page`,
  origin: baitUrl,
  traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  tracestate: `otlp=${baitUrl}`,
  baggage: `endpoint=${baitUrl}`,
});

describe('an address that a customer or an administrator writes', () => {
  it('is kept as text: no part of the shop asks it for anything, from the catalog to the mail', async () => {
    const product = (await post('/api/products', { name: `Thing ${baitUrl} ${randomUUID()}`, description: `<img src="${baitUrl}">`, image_url: `${baitUrl}/picture.png`, price: '3.00', stock: 9 }, world.tokens.admin)).json;
    await put(`/api/products/${product.id}`, { image_url: `${baitUrl}/other.png` }, world.tokens.admin);
    const email = `bait-${randomUUID()}@example.com`;
    await post('/api/auth/register', { email, password: 'a long enough password', full_name: `${baitUrl}/name` });
    const token = (await post('/api/auth/login', { email, password: 'a long enough password' })).json.access_token;
    await post('/api/cart/items', { product_id: product.id }, token, headersWith());
    const placed = (await post('/api/checkout', { shipping_address: { street: `${baitUrl}/street`, callback: baitUrl, webhook_url: baitUrl } }, token, headersWith())).json;
    expect((await settled(placed.id, token)).status).toBe('paid');
    await eventually('both mails are there', async () => (await mailsTo(email)).length >= 2);
    expect((await get(`/api/products/${product.id}`)).json.image_url).toBe(`${baitUrl}/other.png`);
    expect(bites).toBe(0);
  });

  it.each(['file:///etc/passwd', 'gopher://127.0.0.1:6379/_', 'ftp://127.0.0.1/', 'javascript:alert(1)', 'data:text/html,<script>', '//127.0.0.1/', 'dict://127.0.0.1', 'relative.png', 'http://a b', "http://a'b"])(
    'cannot be %s where a picture is wanted',
    async (image_url) => {
      expect((await put(`/api/products/${world.product}`, { image_url }, world.tokens.admin)).status).toBe(422);
    },
  );

  it('is not followed where a token says that its key is there', async () => {
    const { header, claims } = partsOf(world.tokens.owner);
    for (const hint of [{ jku: `${baitUrl}/keys` }, { x5u: `${baitUrl}/keys` }, { kid: `${baitUrl}/keys` }]) {
      expect((await get('/api/auth/me', signed({ ...header, ...hint }, { ...claims, iss: baitUrl }, strangersKey()))).status).toBe(401);
    }
    expect(bites).toBe(0);
  });
});

describe('a request that names another server', () => {
  const answerTo = async (bytes: string) => Number(/^HTTP\/1\.1 (\d+) /.exec(await sendBytes(bytes))![1]);

  it('in its target is answered here', async () => {
    expect(await answerTo(`GET ${baitUrl}/health/live HTTP/1.1\r\nHost: ${baitUrl.slice(7)}\r\nConnection: close\r\n\r\n`)).toBe(200);
    expect(await answerTo(`GET ${baitUrl}/anything HTTP/1.1\r\nHost: ${baitUrl.slice(7)}\r\nConnection: close\r\n\r\n`)).toBe(404);
    expect(bites).toBe(0);
  });

  it.each(['https://example.com/', 'ftp://example.com/', 'example.com:80', '//example.com/health/live', '@example.com/', '*', 'http:', '\\\\example.com\\'])('in the target %s is refused or not found', async (target) => {
    expect([400, 404]).toContain(await answerTo(`GET ${target} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n`));
  });

  it('and wants to be connected to it, is refused', async () => {
    expect(await answerTo(`CONNECT ${baitUrl.slice(7)} HTTP/1.1\r\nHost: ${baitUrl.slice(7)}\r\n\r\n`)).toBe(501);
    expect(bites).toBe(0);
  });

  it('as its host gets the answer of the shop, with no link to there', async () => {
    const body = JSON.stringify({ name: `Thing ${randomUUID()}`, price: '1.00' });
    const received = await sendBytes(
      `POST /api/products HTTP/1.1\r\nHost: ${baitUrl.slice(7)}\r\nX-Forwarded-Host: ${baitUrl.slice(7)}\r\nAuthorization: Bearer ${world.tokens.admin}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
    expect(received).toMatch(/^HTTP\/1\.1 201 /);
    expect(received).not.toContain(baitUrl.slice(7));
  });

  it('wants to upgrade to something else, is answered as if it had not asked', async () => {
    const answer = await sendBytes('GET /health/live HTTP/1.1\r\nHost: shop\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });
});

it('no answer leads a browser away', async () => {
  for (const path of [`/api/products?next=${baitUrl}`, `//${baitUrl.slice(7)}/`, `/api/auth/me?redirect_uri=${baitUrl}`]) {
    const answer = await fetch(shop.url() + path, { redirect: 'manual' });
    expect(answer.headers.get('location')).toBeNull();
    expect(answer.status).not.toBe(302);
  }
  expect((await call('GET', `/api/products/${world.product}`)).headers.get('refresh')).toBeNull();
});
