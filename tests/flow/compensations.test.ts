// What an order is given up for besides the customer's wish, and that nothing stays of it: no money, no stock, no silence.
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newProduct, type Product } from '../support/catalog.ts';
import { get } from '../support/client.ts';
import { buy, settled } from '../support/orders.ts';
import { withSettings } from '../support/parts.ts';
import { admin, newCustomer, type Person } from '../support/people.ts';
import { behave, charges, mailsTo, paymentState, type Behaviour } from '../support/world.ts';
import { eventually } from '../support/wait.ts';

let boss: string;
let customer: Person;
let normal: Behaviour | undefined;
beforeAll(async () => {
  boss = await admin();
  customer = await newCustomer();
});
afterEach(async () => {
  if (normal) await behave(normal);
  normal = undefined;
});

const impatientShop = (work: () => Promise<void>) => withSettings('order-service', { ORDER_EXPIRY_MS: '1500' }, work);
const impatientPayments = (work: () => Promise<void>) =>
  withSettings('payment-service', { PAYMENT_GIVE_UP_MS: '3500', PROVIDER_SETTLE_MS: '3000', PAYMENT_RETRY_MAX_MS: '400' }, work);

async function ordered(product: Product) {
  return buy(customer.token, [{ product_id: product.id, quantity: 2 }]);
}

async function isChargedWithoutAnAnswer(order: number): Promise<void> {
  await eventually('the charge is made', async () => (await charges(order)).length === 1);
  normal = await behave({ outage: true }); // so that nobody learns of it
}

async function isUndone(order: any, product: Product, state: 'voided' | 'failed' | 'refunded'): Promise<void> {
  await eventually(`the payment ends as ${state}`, async () => (await paymentState(order.id)) === state);
  await eventually('the stock is back', async () => (await get(`/api/products/${product.id}`)).json.stock === product.stock);
  const subject = `Order Failed - Order #${order.id}`;
  await eventually('the customer is told', async () => (await mailsTo(customer.email)).some((mail) => mail.subject === subject));
}

describe('an order that stays open for too long fails as expired', () => {
  it('and is never charged while the provider is down', () =>
    impatientShop(async () => {
      normal = await behave({ outage: true });
      const product = await newProduct(boss, '21.00', 3);
      const order = await settled((await ordered(product)).id, customer.token);
      expect(order).toMatchObject({ status: 'failed', reason: 'expired' });

      await behave({ outage: false });
      await isUndone(order, product, 'voided');
      expect(await charges(order.id)).toEqual([]);
    }));

  it('and a charge that is made after that is refunded', () =>
    impatientShop(async () => {
      const product = await newProduct(boss, '22.00', 3);
      normal = await behave({ delay_ms: 2_900 }); // within the payment service's patience
      const order = await settled((await ordered(product)).id, customer.token);
      expect(order).toMatchObject({ status: 'failed', reason: 'expired' });

      await isUndone(order, product, 'refunded');
      expect(await charges(order.id)).toMatchObject([{ amount: '44.00', status: 'refunded' }]);
    }));

  it('and a charge whose answer was lost is found and refunded', () =>
    impatientShop(async () => {
      const product = await newProduct(boss, '23.07', 3); // two of it: .14
      const pending = await ordered(product);
      await isChargedWithoutAnAnswer(pending.id);
      const order = await settled(pending.id, customer.token);
      expect(order).toMatchObject({ status: 'failed', reason: 'expired' });

      await behave({ outage: false });
      await isUndone(order, product, 'refunded');
      expect(await charges(order.id)).toMatchObject([{ status: 'refunded' }]);
    }));
});

describe('an order that cannot be charged for too long', () => {
  it('fails as payment_unavailable while the provider is still down', () =>
    impatientPayments(async () => {
      normal = await behave({ outage: true });
      const product = await newProduct(boss, '24.00', 3);
      const order = await settled((await ordered(product)).id, customer.token);
      expect(order).toMatchObject({ status: 'failed', reason: 'payment_unavailable' });

      await isUndone(order, product, 'failed');
      await behave({ outage: false });
      expect(await charges(order.id)).toEqual([]);
    }));

  it('is paid after all when a charge is found whose answer was lost', () =>
    impatientPayments(async () => {
      const product = await newProduct(boss, '25.07', 3);
      const pending = await ordered(product);
      await isChargedWithoutAnAnswer(pending.id);
      await eventually('it would have been given up', async () => Date.now() - Date.parse(pending.created_at) > 4_000);
      expect((await get(`/api/orders/${pending.id}`, customer.token)).json.status).toBe('processing');

      await behave({ outage: false });
      expect((await settled(pending.id, customer.token)).status).toBe('paid');
      expect(await charges(pending.id)).toHaveLength(1);
    }));
});
