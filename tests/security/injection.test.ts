// What people type is text everywhere: to the databases, in logs, in mails. That it is text in browsers, too: storefront/markup.test.ts.
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Heard, Listener } from '../support/broker.ts';
import { call, get, post, put, sendBytes } from '../support/client.ts';
import { buy, settled, streamed } from '../support/orders.ts';
import { architecture, shop } from '../support/shop.ts';
import { eventually } from '../support/wait.ts';
import { mailsTo } from '../support/world.ts';
import { makeWorld, world } from './support/access.ts';
import { rowsOf } from './support/rows.ts';

beforeAll(makeWorld);

const sql = ["'; DROP TABLE users; --", "' OR '1'='1", '" OR ""="', "\\'; SELECT pg_sleep(30); --", '$1', '%s%n{}{0}', "' UNION SELECT email, password_hash FROM users --", "E'\\x27' /* */", '${jndi:ldap://127.0.0.1/a} {{7*7}} `id`'];
const items = () => [{ product_id: world.product, quantity: 1 }];

describe.each(sql)('%s is a text', (text) => {
  it('in the catalog', async () => {
    const body = { name: `${text} ${randomUUID()}`, description: text, price: '1.00', stock: 1, image_url: '/img/a.svg' };
    const product = (await post('/api/products', body, world.tokens.admin)).json;
    expect(product).toMatchObject({ name: body.name, description: text });
    expect((await get(`/api/products?q=${encodeURIComponent(body.name)}`)).json.map((found: any) => found.id)).toEqual([product.id]);
    expect((await put(`/api/products/${product.id}`, { name: text, description: body.name }, world.tokens.admin)).json).toMatchObject({ name: text, description: body.name });
    const category = await post('/api/products/categories', { name: body.name, description: text }, world.tokens.admin);
    expect(category.json).toMatchObject({ name: body.name, description: text });
  });

  it('in an order and its history', async () => {
    const answer = await call('POST', '/api/checkout', { token: world.tokens.owner, body: { items: items(), shipping_address: text }, headers: { 'idempotency-key': encodeURIComponent(text) + randomUUID() } });
    const order = await settled(answer.json.id, world.tokens.owner);
    expect(order).toMatchObject({ shipping_address: text, status: 'paid' });
    expect((await get(`/api/orders/${order.id}/events`, world.tokens.owner)).text).toContain(JSON.stringify(text).slice(1, -1));
    expect((await streamed(order.id, world.tokens.owner, encodeURIComponent(text))).length).toBeGreaterThan(0);
  });

  it('where numbers, words and tokens are wanted: refused', async () => {
    const word = encodeURIComponent(text);
    const refused = [
      await get(`/api/products?sort=${word}`),
      await get(`/api/products?category_id=${word}`),
      await get(`/api/products?ids=${word}`),
      await get(`/api/products?skip=${word}`),
      await get(`/api/orders?limit=${word}`, world.tokens.owner),
      await get(`/api/orders/${word.replaceAll('%2F', '')}`, world.tokens.owner),
      await post('/api/checkout', { items: items(), payment_method: text }, world.tokens.owner),
      await post('/api/cart/items', { product_id: text }, world.tokens.owner),
      await call('PATCH', `/api/products/${world.product}/stock?stock_change=${word}`, { token: world.tokens.admin }),
      await post('/api/auth/register', { email: `${text} @example.com`, password: 'a long enough password', full_name: 'A' }),
      await post('/api/auth/refresh', { refresh_token: text }),
    ];
    expect(refused.filter((answer) => ![400, 401, 404, 422].includes(answer.status)).map((answer) => answer.text)).toEqual([]);
  });
});

describe('who signs in', () => {
  it('gets in by no SQL', async () => {
    for (const text of ["' OR '1'='1' --", "admin@example.com'--", `${shop.adminEmail()}' OR 'a'='a`]) {
      expect((await post('/api/auth/login', { email: text, password: text })).status).toBe(401);
      expect((await post('/api/auth/login', { email: { $ne: null }, password: { $ne: null } })).status).toBe(422);
    }
  });

  it('may be called anything that can be printed, and is stored as that', async () => {
    for (const full_name of ["Robert'); DROP TABLE users;--", '<script>alert(1)</script>', 'Zoë "Quote" Ünïcode 🛒', '%00%0a']) {
      const email = `name-${randomUUID()}@example.com`;
      const user = (await post('/api/auth/register', { email, password: 'a long enough password', full_name })).json;
      expect((await rowsOf('user', 'SELECT full_name FROM users WHERE id = $1', [user.id]))[0].full_name).toBe(full_name);
    }
  });

  it.each(['line\nbreak', 'line\r\nBcc: victim@example.com', 'nul\0', 'escape\x1b[2J', 'next\x85line'])('may not be called by what ends or rules a line: %j', async (full_name) => {
    const email = `name-${randomUUID()}@example.com`;
    expect((await post('/api/auth/register', { email, password: 'a long enough password', full_name })).status).toBe(422);
  });
});

describe('mails', () => {
  it('show markup as text, and go to nobody but the customer', async () => {
    const email = `markup-${randomUUID()}@example.com`;
    const evil = '<img src=x onerror="alert(1)">';
    await post('/api/auth/register', { email, password: 'a long enough password', full_name: `Eve, <victim@example.com> ${evil}` });
    const token = (await post('/api/auth/login', { email, password: 'a long enough password' })).json.access_token;
    const product = (await post('/api/products', { name: `${evil}\r\nBcc: victim@example.com\r\n\r\n${randomUUID()}`, price: '1.00', stock: 5 }, world.tokens.admin));
    const bought = product.status === 201 ? product.json.id : (await post('/api/products', { name: `${evil} ${randomUUID()}`, price: '1.00', stock: 5 }, world.tokens.admin)).json.id;
    await settled((await post('/api/checkout', { items: [{ product_id: bought, quantity: 1 }], shipping_address: evil }, token)).json.id, token);
    await eventually('both mails are there', async () => (await mailsTo(email)).length >= 2);
    for (const mail of await mailsTo(email)) {
      expect(mail.to.map((to) => to.address)).toEqual([email]);
      expect(mail.html).not.toContain('<img');
      expect(Object.keys(mail.headers).map((name) => name.toLowerCase())).not.toContain('bcc');
      expect(JSON.stringify(mail)).not.toMatch(/a long enough password|argon2|eyJ[\w-]+\./);
    }
    expect((await mailsTo('victim@example.com')).filter((mail) => JSON.stringify(mail).includes(email))).toEqual([]);
  });
});

describe.skipIf(architecture.isMonolith())('events', () => {
  it('tell of who registers and buys, and of no password, hash or token', async () => {
    const email = `quiet-${randomUUID()}@example.com`;
    const password = `secret-${randomUUID()}`;
    const listener = await Listener.start();
    try {
      await post('/api/auth/register', { email, password, full_name: 'A' });
      const session = (await post('/api/auth/login', { email, password })).json;
      await settled((await buy(session.access_token, items())).id, session.access_token);
      const heard: Heard[] = [];
      await eventually('the order is heard of as paid', async () => heard.push(...(await listener.heard())) > 0 && heard.some((event) => event.routingKey === 'order.order.paid' && event.body.user_email === email));
      const text = JSON.stringify(heard);
      expect(text).toContain(`"user_email":"${email}"`);
      for (const secret of [password, 'argon2', session.refresh_token, session.access_token.split('.')[2]]) expect(text).not.toContain(secret);
    } finally {
      await listener.stop();
    }
  });
});

describe('logs', () => {
  const programs = /^(gateway|monolith|flight-recorder|payment-provider|\w+-service)\.log$/;
  const folder = () => `${shop.state()}/logs`;
  const logs = () => readdirSync(folder()).map((name) => [name, readFileSync(`${folder()}/${name}`, 'utf8')] as const);

  it('have one line an entry, whatever is asked: nobody writes entries of their own', async () => {
    const mark = `forged-${randomUUID()}`;
    const entry = `{"level":"error","message":"${mark}"}`;
    await get(`/api/nothing/${encodeURIComponent(`\r\n${entry}\r\n`)}`);
    await get(`/api/products?q=${encodeURIComponent(`\n${entry}\n`)}`);
    await get('/health/live', undefined, { 'user-agent': entry, referer: `/${entry}`, 'x-request-id': `a ${mark}` });
    await sendBytes(`GET /\x1b[31m${mark} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n`);
    await sendBytes(`${mark}\r\n${entry}\r\n\r\n`);
    await post('/api/auth/login', { email: `a\n${entry}`, password: mark });
    await settled((await buy(world.tokens.owner, items())).id, world.tokens.owner);
    for (const [name, text] of logs().filter(([file]) => programs.test(file))) {
      const lines = text.split('\n').slice(0, -1);
      for (const line of lines) {
        expect(() => JSON.parse(line), `${name}: ${line}`).not.toThrow();
        expect(line, name).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f]/);
      }
      expect(lines.filter((line) => line.startsWith(`{"level":"error","message":"${mark}`)), name).toEqual([]);
    }
  });

  it('hold no token, no password and no key, whatever goes wrong', async () => {
    const email = `secret-${randomUUID()}@example.com`;
    const password = `secret-${randomUUID()}`;
    await post('/api/auth/register', { email, password, full_name: 'A' });
    const session = (await post('/api/auth/login', { email, password })).json;
    await get(`/api/cart?token=${session.access_token}`, `${session.access_token}x`);
    await post('/api/auth/refresh', { refresh_token: session.refresh_token, password });
    await post('/api/auth/refresh', { refresh_token: session.refresh_token, password });
    await call('POST', '/api/auth/login', { raw: `{"email":"${email}","password":"${password}"` });
    await get('/api/orders/0', session.access_token);
    const ofShop = readFileSync(`${shop.state()}/secrets.env`, 'utf8').matchAll(/_PASSWORD=(.+)$/gm);
    const secrets = [session.access_token.split('.')[2], session.refresh_token, password, ...[...ofShop].map((match) => match[1]!)].filter((secret) => secret.length > 12);
    expect(secrets.length).toBeGreaterThan(5);
    const found = logs().flatMap(([name, text]) => secrets.filter((secret) => text.includes(secret)).map((secret) => `${name}: ${secret}`));
    expect(found).toEqual([]);
  });
});
