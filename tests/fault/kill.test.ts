// SIGKILL of each part during 200 orders: after recovery the laws hold for every accepted order.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { newProduct, type Product } from '../support/catalog.ts';
import { type Answer } from '../support/openapi.ts';
import { post } from '../support/client.ts';
import { lawful } from '../support/laws.ts';
import { admin, newCustomer, type Person } from '../support/people.ts';
import { kill } from '../support/parts.ts';

const orders = 200;
const killAfter = 60;
const perSecond = 40;

let customer: Person;
let product: Product;
beforeAll(async () => {
  customer = await newCustomer();
  product = await newProduct(await admin(), '9.00', 1_000_000);
});

/** Retries with the same key while the answer says "try again" or the connection broke: what a careful client does. */
async function checkout(): Promise<number | undefined> {
  const key = { 'idempotency-key': randomUUID() };
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    const answer: Answer | undefined = await post('/api/checkout', { items: [{ product_id: product.id, quantity: 1 }] }, customer.token, key).catch(connectionBroke);
    if (answer?.status === 200) return answer.json.id;
    if (answer && ![409, 500, 502, 503, 504].includes(answer.status)) throw new Error(`checkout answered ${answer.status}: ${answer.text}`);
    await new Promise((resume) => setTimeout(resume, 250));
  }
  return undefined;
}

function connectionBroke(error: Error): undefined {
  if (error.name === 'TypeError') return undefined; // fetch: connection refused or reset
  throw error;
}

/** Sends `orders` on schedule and kills `part` in the middle. */
async function buyWhileKilling(part: string): Promise<number[]> {
  const accepted: Promise<number | undefined>[] = [];
  let killed: Promise<void> | undefined;
  const begin = Date.now();
  for (let i = 0; i < orders; ++i) {
    const due = begin + (i * 1000) / perSecond;
    if (due > Date.now()) await new Promise((resume) => setTimeout(resume, due - Date.now()));
    if (i === killAfter) killed = kill(part);
    accepted.push(checkout());
  }
  await killed;
  const ids = await Promise.all(accepted);
  expect(ids.filter((id) => id === undefined), 'checkouts that never succeeded').toEqual([]);
  return ids.map((id) => id!);
}

// Not the mail catcher: it answers before it stores, so what it loses is not the shop's loss.
describe('SIGKILL during 200 orders loses nothing and doubles nothing', () => {
  it.each([
    'gateway',
    'order-service',
    'product-service',
    'payment-service',
    'email-service',
    'cart-service',
    'user-service',
    'payment-provider',
    'rabbitmq',
    'order-db',
    'product-db',
    'payment-db',
    'cart-db',
    'user-db',
  ])('%s', async (part) => {
    const ids = await buyWhileKilling(part);
    expect(new Set(ids).size).toBe(orders);
    await lawful(ids);
  }, 180_000);
});
