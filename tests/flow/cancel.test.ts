// Cancelling, at every moment of an order's life: what was charged is refunded, what was taken is back.
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newProduct } from '../support/catalog.ts';
import { get, post } from '../support/client.ts';
import { buy, settled } from '../support/orders.ts';
import { admin, newCustomer } from '../support/people.ts';
import { behave, charges, mailsTo, paymentState, type Behaviour } from '../support/world.ts';
import { eventually, pause } from '../support/wait.ts';

let boss: string;
let normal: Behaviour | undefined;
beforeAll(async () => {
  boss = await admin();
});
afterEach(async () => {
  if (normal) await behave(normal);
  normal = undefined;
});

const cancel = (id: number, token: string) => post(`/api/orders/${id}/cancel`, undefined, token);

/** Captured minus refunded at the provider, in cents. */
async function kept(order: number): Promise<number> {
  const cents = (amount: string) => Math.round(Number(amount) * 100);
  return (await charges(order)).reduce((sum, charge) => sum + (charge.status === 'refunded' ? 0 : cents(charge.amount)), 0);
}

async function isUndone(order: number, product: number, stock: number): Promise<void> {
  await eventually('nothing is kept at the provider', async () => (await kept(order)) === 0);
  await eventually('the stock is back', async () => (await get(`/api/products/${product}`)).json.stock === stock);
}

describe('cancelling', () => {
  it('a paid order refunds it and puts the stock back', async () => {
    const customer = await newCustomer();
    const product = await newProduct(boss, '15.00', 3);
    const order = await settled((await buy(customer.token, [{ product_id: product.id, quantity: 2 }])).id, customer.token);
    expect(await kept(order.id)).toBe(3000);

    const answer = await cancel(order.id, customer.token);
    expect(answer.json).toMatchObject({ status: 'cancelled', reason: 'cancelled_by_customer' });
    await isUndone(order.id, product.id, 3);
    await eventually('the order shows the refund', async () => (await get(`/api/orders/${order.id}`, customer.token)).json.payment?.status === 'refunded');
    await eventually('the customer is told', async () => (await mailsTo(customer.email)).some((mail) => /cancel/i.test(mail.subject)));
  });

  it('while the charge is under way ends without money kept', async () => {
    normal = await behave({ delay_ms: 1_500 });
    const customer = await newCustomer();
    const product = await newProduct(boss, '16.00', 3);
    const order = await buy(customer.token, [{ product_id: product.id, quantity: 1 }]);
    await eventually('the payment is under way', async () => (await get(`/api/orders/${order.id}/status`, customer.token)).json.status === 'processing');

    expect((await cancel(order.id, customer.token)).json.status).toBe('cancelled');
    await behave({ delay_ms: 0 });
    await eventually('the payment has ended, so that no charge comes later', async () =>
      ['voided', 'refunded'].includes((await paymentState(order.id)) ?? ''),
    );
    await isUndone(order.id, product.id, 3);
  });

  it('twice is the same as once', async () => {
    const customer = await newCustomer();
    const product = await newProduct(boss, '17.00', 3);
    const order = await settled((await buy(customer.token, [{ product_id: product.id, quantity: 1 }])).id, customer.token);
    const answers = await Promise.all([cancel(order.id, customer.token), cancel(order.id, customer.token)]);
    expect(answers.some((answer) => answer.status === 200)).toBe(true);
    await isUndone(order.id, product.id, 3);
    expect((await charges(order.id)).length).toBe(1);
  });

  it('at any moment: 40 orders, each cancelled after a different pause, keep no money and no stock', async () => {
    const customer = await newCustomer();
    const product = await newProduct(boss, '18.00', 1000);
    const ends = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        const order = await buy(customer.token, [{ product_id: product.id, quantity: 1 }]);
        await pause(i * 4);
        return { id: order.id, cancelled: (await cancel(order.id, customer.token)).status === 200 };
      }),
    );
    expect(ends.every((end) => end.cancelled)).toBe(true);
    await eventually('all stock is back', async () => (await get(`/api/products/${product.id}`)).json.stock === 1000);
    for (const end of ends) await eventually(`order ${end.id} keeps no money`, async () => (await kept(end.id)) === 0);
  });
});

describe('the provider is down', () => {
  it('for a while: orders wait and are paid afterwards', async () => {
    normal = await behave({ outage: true });
    const customer = await newCustomer();
    const product = await newProduct(boss, '19.00', 50);
    const orders = await Promise.all(Array.from({ length: 10 }, () => buy(customer.token, [{ product_id: product.id, quantity: 1 }])));
    await eventually('all wait for their payment', async () => {
      const states = await Promise.all(orders.map(async (order) => (await get(`/api/orders/${order.id}/status`, customer.token)).json.status));
      return states.every((state) => state === 'processing');
    });
    await behave({ outage: false });
    const ends = await Promise.all(orders.map((order) => settled(order.id, customer.token, 55_000)));
    expect(ends.map((order) => order.status)).toEqual(ends.map(() => 'paid'));
    for (const order of ends) expect(await charges(order.id)).toHaveLength(1);
  });
});
