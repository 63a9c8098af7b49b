// One customer's order, from the cart to the mail.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { newProduct } from '../support/catalog.ts';
import { get, patch, post, put } from '../support/client.ts';
import { buy, settled, streamed } from '../support/orders.ts';
import { withSettings } from '../support/parts.ts';
import { admin, login, newCustomer } from '../support/people.ts';
import { charges, mailsTo, rows } from '../support/world.ts';
import { eventually } from '../support/wait.ts';

/** A product service that answers, but hears and tells nothing: its broker is nowhere. */
const deaf = { RABBITMQ_URL: 'amqp://nobody:nothing@127.0.0.1:1', SHUTDOWN_TIMEOUT_MS: '500' };

let boss: string;
beforeAll(async () => {
  boss = await admin();
});

describe('a purchase', () => {
  it('of the test user goes from the cart to paid, and the confirmation is in the mailbox', async () => {
    const { token } = await login('paintest@example.com', 'password123');
    const mouse = (await get('/api/products?q=Wireless%20Mouse')).json[0];
    await patch(`/api/products/${mouse.id}/stock?stock_change=1`, undefined, boss);
    await post('/api/cart/items', { product_id: mouse.id, quantity: 1 }, token);
    const order = (await post('/api/checkout', {}, token, { 'idempotency-key': randomUUID() })).json;
    expect(order.status).toBe('pending');

    const events = await streamed(order.id, token);
    const states = events.map((event) => event.data.status);
    expect(states.at(0)).toBe('pending');
    expect(states.at(-1)).toBe('paid');
    expect((await settled(order.id, token)).payment).toMatchObject({ status: 'processed', amount: order.total_amount });

    const mail = await eventually('the confirmation is in the mailbox', async () =>
      (await mailsTo('paintest@example.com')).find((found) => found.subject === `Order Confirmation - Order #${order.id}`),
    );
    expect(mail.from[0]!.address).toBe('noreply@ecommerce.com');
    expect(mail.text).toContain(order.total_amount);
    expect(mail.html).toContain('Wireless Mouse');
  });

  it('charges the provider exactly once and moves the stock from available to sold', async () => {
    const customer = await newCustomer();
    const product = await newProduct(boss, '33.00', 4);
    const order = await settled((await buy(customer.token, [{ product_id: product.id, quantity: 3 }])).id, customer.token);

    expect(await charges(order.id)).toMatchObject([{ amount: '99.00' }]);
    const [stock] = await eventually('the stock is committed', async () => {
      const found = await rows('product', 'SELECT available, reserved, sold FROM stock WHERE product_id = $1', [product.id]);
      return Number(found[0].sold) === 3 ? found : undefined;
    });
    expect([stock.available, stock.reserved].map(Number)).toEqual([1, 0]);
  });

  it('sends a welcome mail after registering', async () => {
    const customer = await newCustomer();
    await eventually('the welcome is in the mailbox', async () => (await mailsTo(customer.email)).length > 0);
  });
});

describe('an order fails, nothing is charged, and the customer is told', () => {
  it('when the card is declined', async () => {
    const customer = await newCustomer();
    const product = await newProduct(boss, '7.13', 5);
    const order = await settled((await buy(customer.token, [{ product_id: product.id, quantity: 1 }])).id, customer.token);

    expect(order).toMatchObject({ status: 'failed', reason: 'payment_declined' });
    await eventually('the stock is back', async () => (await get(`/api/products/${product.id}`)).json.stock === 5);
    await eventually('the notice is in the mailbox', async () => (await mailsTo(customer.email)).some((mail) => mail.subject.includes(`#${order.id}`)));
  });

  it('when a line is out of stock: none of the lines is taken', async () => {
    const customer = await newCustomer();
    const plenty = await newProduct(boss, '2.00', 10);
    const scarce = await newProduct(boss, '3.00', 1);
    const order = await settled((await buy(customer.token, [{ product_id: plenty.id, quantity: 1 }, { product_id: scarce.id, quantity: 2 }])).id, customer.token);

    expect(order).toMatchObject({ status: 'failed', reason: 'out_of_stock' });
    expect((await get(`/api/products/${plenty.id}`)).json.stock).toBe(10);
    expect(await charges(order.id)).toEqual([]);
  });

  it('when the price changes between the answer and the reservation: nobody pays another price than was shown', async () => {
    const customer = await newCustomer();
    const product = await newProduct(boss, '10.00', 50);
    const orders: any[] = [];
    await withSettings('product-service', deaf, async () => {
      for (let i = 0; i < 3; ++i) orders.push(await buy(customer.token, [{ product_id: product.id, quantity: 1 }]));
      expect((await put(`/api/products/${product.id}`, { price: '11.00' }, boss)).json.price).toBe('11.00');
    });

    for (const order of orders) {
      expect(await settled(order.id, customer.token)).toMatchObject({ status: 'failed', reason: 'price_changed', total_amount: '10.00' });
      expect(await charges(order.id)).toEqual([]);
    }
    expect((await get(`/api/products/${product.id}`)).json.stock).toBe(50);
    const again = await settled((await buy(customer.token, [{ product_id: product.id, quantity: 1 }])).id, customer.token);
    expect(again).toMatchObject({ status: 'paid', total_amount: '11.00' });
  });
});

describe('the provider misbehaves', () => {
  it('and loses its answer: the charge is found and counted once', async () => {
    const customer = await newCustomer();
    const product = await newProduct(boss, '5.14', 5);
    const order = await settled((await buy(customer.token, [{ product_id: product.id, quantity: 1 }])).id, customer.token, 50_000);
    expect(order.status).toBe('paid');
    expect(await charges(order.id)).toHaveLength(1);
  });

  it('and fails twice before it works', async () => {
    const customer = await newCustomer();
    const product = await newProduct(boss, '5.15', 5);
    const order = await settled((await buy(customer.token, [{ product_id: product.id, quantity: 1 }])).id, customer.token);
    expect(order.status).toBe('paid');
    expect(await charges(order.id)).toHaveLength(1);
  });
});
