import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { newProduct } from '../support/catalog.ts';
import { get, post } from '../support/client.ts';
import { giveUpAWelcome } from '../support/dead_letters.ts';
import { buy, settled } from '../support/orders.ts';
import { admin, newCustomer, type Person } from '../support/people.ts';
import { architecture } from '../support/shop.ts';
import { eventually } from '../support/wait.ts';
import { mailsTo } from '../support/world.ts';

let boss: string;
let customer: Person;
let first: any;
let second: any;

beforeAll(async () => {
  boss = await admin();
  customer = await newCustomer();
  const product = await newProduct(boss, '20.00', 1000);
  for (const keep of [(order: any) => (first = order), (order: any) => (second = order)]) {
    const order = await buy(customer.token, [{ product_id: product.id, quantity: 2 }]);
    keep(await settled(order.id, customer.token));
  }
});

const ids = (answer: { json: any }) => answer.json.map((order: any) => order.id);

describe("everybody's orders", () => {
  it('are shown to administrators, the highest number first', async () => {
    const answer = await get('/api/admin/orders?limit=200', boss);
    expect(answer.status).toBe(200);
    expect(answer.json.find((order: any) => order.id === second.id)).toMatchObject({
      user_id: customer.id,
      user_email: customer.email,
      status: 'paid',
      total_amount: '40.00',
      item_count: 1,
    });
    expect(ids(answer)).toEqual(ids(answer).toSorted((a: number, b: number) => b - a));
  });

  it('come in pages', async () => {
    const page = await get(`/api/admin/orders?before=${second.id}&limit=1`, boss);
    expect(page.json).toHaveLength(1);
    expect(page.json[0].id).toBeLessThan(second.id);
    expect(page.json[0].id).toBeGreaterThanOrEqual(first.id);
  });

  it('can be had by their state', async () => {
    expect(ids(await get('/api/admin/orders?status=paid&limit=200', boss))).toContain(second.id);
    expect(ids(await get('/api/admin/orders?status=failed&limit=200', boss))).not.toContain(second.id);
  });

  it.each(['status=lost', 'before=0', 'before=x', 'limit=0', 'limit=201'])('are not to be had with %s', async (query) => {
    expect((await get(`/api/admin/orders?${query}`, boss)).status).toBe(422);
  });

  it('are nobody else\'s business', async () => {
    expect((await get('/api/admin/orders', customer.token)).status).toBe(403);
    expect((await get('/api/admin/orders')).status).toBe(401);
  });
});

describe('dead letters', () => {
  it('are listed, and given to their consumer again', async () => {
    const address = `given-up-${randomUUID()}@example.com`;
    const event = await giveUpAWelcome(architecture.isMonolith(), address, 'planted by a test');
    const answer = await get('/api/admin/dead-letters', boss);
    expect(answer.json.find((letter: any) => letter.event_id === event)).toMatchObject({
      queue: 'email_service_queue',
      event_type: 'user.registered',
      attempt: 5,
      error: 'planted by a test',
      body: expect.stringContaining(address),
    });

    const replayed = await post('/api/admin/dead-letters/email_service_queue/replay', undefined, boss);
    expect(replayed.json).toEqual({ queue: 'email_service_queue', replayed: 1 });
    await eventually('the welcome is there', async () => (await mailsTo(address)).length === 1);
    expect((await get('/api/admin/dead-letters', boss)).json).toEqual([]);
  });

  it('may be none', async () => {
    const replayed = await post('/api/admin/dead-letters/cart_service_queue/replay', undefined, boss);
    expect(replayed.json).toEqual({ queue: 'cart_service_queue', replayed: 0 });
  });

  it('are in the queues of the shop, in no other', async () => {
    expect((await post('/api/admin/dead-letters/no_queue/replay', undefined, boss)).status).toBe(404);
  });

  it("are nobody else's business", async () => {
    expect((await get('/api/admin/dead-letters', customer.token)).status).toBe(403);
    expect((await get('/api/admin/dead-letters')).status).toBe(401);
    expect((await post('/api/admin/dead-letters/cart_service_queue/replay', undefined, customer.token)).status).toBe(403);
    expect((await post('/api/admin/dead-letters/cart_service_queue/replay', undefined)).status).toBe(401);
  });
});
