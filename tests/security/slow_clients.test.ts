// OWASP API4: clients that are slow on purpose are given up, and keep nobody out while they last.
import { connect, type Socket } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { call, get, post } from '../support/client.ts';
import { buy } from '../support/orders.ts';
import { newCustomer } from '../support/people.ts';
import { architecture, shop } from '../support/shop.ts';
import { eventually, pause } from '../support/wait.ts';
import { behave } from '../support/world.ts';
import { makeWorld, world } from './support/access.ts';

beforeAll(makeWorld);

const door = () => new URL(shop.url());
const othersAreServed = async () => expect((await get('/api/products?limit=1')).status).toBe(200);

/** Sends `start`, then a byte now and then, until the other side ends it. Gives what came back. */
async function drip(start: string, byte: string): Promise<string> {
  const socket = connect(Number(door().port), door().hostname);
  const ended = new Promise((resolve) => socket.once('close', resolve));
  let received = '';
  let isOpen = true;
  socket.on('data', (chunk) => (received += chunk.toString('latin1')));
  socket.on('end', () => (isOpen = false));
  socket.on('error', () => (isOpen = false));
  socket.write(start);
  const limit = Date.now() + 40_000;
  while (isOpen && Date.now() < limit) {
    await pause(200);
    if (isOpen) socket.write(byte);
  }
  socket.destroy();
  await ended;
  return isOpen ? 'never ended' : received;
}

async function residentBytes(): Promise<number> {
  const text = await (await fetch(`${shop.url()}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)![1]);
}

function deaf(request: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(door().port), door().hostname, () => socket.write(request, () => resolve(socket)));
    socket.pause();
    socket.on('error', reject);
  });
}

describe.concurrent('who is slow', () => {
  it('with the head of a request is told so and closed, however steadily the bytes come', async () => {
    expect(await drip('GET /health HTTP/1.1\r\nHost: shop\r\nX-Slow: ', 'a')).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('with the body of a request is told so and closed', async () => {
    const start = 'POST /api/auth/login HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n';
    expect(await drip(start, ' ')).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('with chunks is told so and closed', async () => {
    const start = 'POST /api/auth/login HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(await drip(start, '1\r\n \r\n')).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('does not keep the others out, though there are two hundred of them', async () => {
    const slow = await Promise.all(Array.from({ length: 200 }, () => deaf('POST /api/auth/login HTTP/1.1\r\nHost: shop\r\nContent-Length: 9\r\n\r\n{')));
    await othersAreServed();
    expect((await post('/api/auth/login', {})).status).toBe(422);
    slow.forEach((socket) => socket.destroy());
  });

  it('to read what was asked for makes the shop remember no more than one answer', async () => {
    const before = await residentBytes();
    const greedy = await Promise.all(Array.from({ length: 20 }, () => deaf('GET /openapi.yaml HTTP/1.1\r\nHost: shop\r\n\r\n'.repeat(300))));
    await othersAreServed();
    expect((await residentBytes()) - before).toBeLessThan(64 * 1024 * 1024); // asked for: 200 MiB and more
    greedy.forEach((socket) => socket.destroy());
  });
});

describe.skipIf(architecture.isMonolith())('streams', () => {
  it('of one customer are limited; others can follow theirs meanwhile', async () => {
    const [greedy, other] = [await newCustomer(), await newCustomer()];
    const before = await behave({ outage: true }); // so that the orders stay open
    const end = new AbortController();
    try {
      const items = [{ product_id: world.product, quantity: 1 }];
      const [hers, theirs] = [(await buy(greedy.token, items)).id, (await buy(other.token, items)).id];
      const follow = (order: number, token: string) => fetch(`${shop.url()}/api/orders/${order}/stream`, { headers: { authorization: `Bearer ${token}` }, signal: end.signal });
      const streams: Response[] = []; // kept: one that nobody holds is closed
      for (let i = 0; i < 101; i += 1) streams.push(await follow(hers, greedy.token));
      expect(streams.map((stream) => stream.status)).toEqual([...Array(100).fill(200), 429]);
      streams.push(await follow(theirs, other.token));
      expect(streams.at(-1)!.status).toBe(200);
      for (const [order, token] of [[hers, greedy.token], [theirs, other.token]] as const) await call('POST', `/api/orders/${order}/cancel`, { token });
    } finally {
      end.abort();
      await behave(before);
    }
    await eventually('the streams are given back', async () => (await get('/health')).status === 200);
  });

  it('that nobody reads keep nobody out', async () => {
    const asked = `GET /api/orders/${world.order}/stream HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer ${world.tokens.owner}\r\n\r\n`;
    const unread = await Promise.all(Array.from({ length: 50 }, () => deaf(asked.repeat(4))));
    await othersAreServed();
    expect((await get(`/api/orders/${world.order}/status`, world.tokens.owner)).status).toBe(200);
    unread.forEach((socket) => socket.destroy());
  });
});
