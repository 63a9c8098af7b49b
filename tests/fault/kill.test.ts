// SIGKILL of each part during 200 orders: after recovery the laws hold for every accepted order.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { newProduct, type Product } from '../support/catalog.ts';
import { type Answer } from '../support/openapi.ts';
import { post } from '../support/client.ts';
import { type Accepted, lawful } from '../support/laws.ts';
import { admin, newCustomer, type Person } from '../support/people.ts';
import { kill } from '../support/parts.ts';
import { pause } from '../support/wait.ts';

const orders = 200;
const killAfter = 60;
const perSecond = 40;

let product: Product;
beforeAll(async () => {
  product = await newProduct(await admin(), '9.00', 1_000_000);
});

/** Retries with the same key while the answer says "try again" or the connection broke: what a careful client does. */
async function checkout(customer: Person, key: string = randomUUID()): Promise<Accepted | undefined> {
  const body = { items: [{ product_id: product.id, quantity: 1 }] };
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    const answer: Answer | undefined = await post('/api/checkout', body, customer.token, { 'idempotency-key': key }).catch(connectionBroke);
    if (answer?.status === 200) return { user: customer.id, key, order: answer.json.id };
    if (answer && ![409, 429, 503, 504].includes(answer.status)) throw new Error(`checkout answered ${answer.status}: ${answer.text}`);
    await pause(250);
  }
  return undefined;
}

function connectionBroke(error: Error): undefined {
  if (error.name === 'TypeError') return undefined; // fetch: connection refused or reset
  throw error;
}

/** Sends `orders` on schedule and kills `part` in the middle. */
async function buyWhileKilling(part: string, customer: Person): Promise<Accepted[]> {
  const answers: Promise<Accepted | undefined>[] = [];
  let killed: Promise<void> | undefined;
  const begin = Date.now();
  for (let i = 0; i < orders; ++i) {
    await pause(begin + (i * 1000) / perSecond - Date.now());
    if (i === killAfter) killed = kill(part);
    answers.push(checkout(customer));
  }
  await killed;
  const accepted = (await Promise.all(answers)).filter((answer) => answer !== undefined);
  expect(accepted.length, 'checkouts that succeeded in the end').toBe(orders);
  return accepted;
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
    'flight-recorder',
    'rabbitmq',
    'redis',
    'order-db',
    'product-db',
    'payment-db',
    'cart-db',
    'user-db',
  ])('%s', async (part) => {
    const customer = await newCustomer();
    const accepted = await buyWhileKilling(part, customer);
    expect(await Promise.all(accepted.map(({ key }) => checkout(customer, key))), 'asked again, each under its key').toEqual(accepted);
    await lawful(accepted);
  }, 180_000);
});
