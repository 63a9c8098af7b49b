// Every event that the shop publishes is as docs/api/asyncapi.yaml says.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Heard, Listener } from '../support/broker.ts';
import { newProduct } from '../support/catalog.ts';
import { get, patch, post, put } from '../support/client.ts';
import { withRefusingMailServer } from '../support/mail_server.ts';
import { asyncapi, eventDeparture } from '../support/openapi.ts';
import { buy, settled } from '../support/orders.ts';
import { withSettings } from '../support/parts.ts';
import { admin, newCustomer } from '../support/people.ts';
import { eventually } from '../support/wait.ts';

let listener: Listener;
const heard: Heard[] = [];
beforeAll(async () => {
  listener = await Listener.start();
});
afterAll(() => listener.stop());

async function orderThatNobodyCanBeToldOf(product: number): Promise<void> {
  await withRefusingMailServer((url) =>
    withSettings('email-service', { SMTP_URL: url }, async () => {
      const customer = await newCustomer();
      const order = await settled((await buy(customer.token, [{ product_id: product, quantity: 1 }])).id, customer.token);
      expect(order.status).toBe('paid');
      await eventually('the history tells that the mail was refused', async () =>
        (await get(`/api/orders/${order.id}/events`, customer.token)).json.some((event: any) => event.type === 'email.failed'),
      );
    }),
  );
}

it('all kinds of events are published, and each is as described', async () => {
  const boss = await admin();
  const customer = await newCustomer();
  const product = await newProduct(boss, '4.00', 10);
  const declined = await newProduct(boss, '4.13', 10);
  const line = (id: number, quantity = 1) => [{ product_id: id, quantity }];

  const shipped = await settled((await buy(customer.token, line(product.id))).id, customer.token);
  await patch(`/api/orders/${shipped.id}/status`, { status: 'shipped' }, boss);
  const cancelled = await settled((await buy(customer.token, line(product.id))).id, customer.token);
  await post(`/api/orders/${cancelled.id}/cancel`, undefined, customer.token);
  await settled((await buy(customer.token, line(declined.id))).id, customer.token);
  await settled((await buy(customer.token, line(product.id, 500))).id, customer.token);
  await put(`/api/products/${product.id}`, { price: '5.00' }, boss);
  await orderThatNobodyCanBeToldOf(product.id);

  const expected = Object.keys(asyncapi.channels);
  await eventually('an event of every kind was heard', async () => {
    heard.push(...(await listener.heard()));
    return expected.every((key) => heard.some((event) => event.routingKey === key));
  }).catch(() => expect(new Set(heard.map((event) => event.routingKey))).toEqual(new Set(expected)));

  expect(heard.map((event) => eventDeparture(event.routingKey, event.body)).filter(Boolean)).toEqual([]);
});

it('their AMQP properties say what the body says', () => {
  for (const { routingKey, properties, body } of heard) {
    expect(properties).toMatchObject({ message_id: body.event_id, type: body.event_type, content_type: 'application/json', delivery_mode: 2 });
    expect(properties.timestamp).toBeGreaterThan(1_600_000_000);
    expect(properties.app_id).toContain(routingKey.split('.')[0]);
    expect(properties.headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/);
    expect(body.event_type).toBe(routingKey.split('.').slice(1).join('.'));
  }
});

it('one trace runs from the checkout to the mail', () => {
  const traceOf = (event: Heard) => event.properties.headers.traceparent.split('-')[1];
  const paid = heard.find((event) => event.routingKey === 'order.order.paid')!;
  const same = heard.filter((event) => traceOf(event) === traceOf(paid)).map((event) => event.routingKey);
  for (const key of ['order.order.created', 'product.stock.reserved', 'payment.payment.processed', 'email.email.sent']) expect(same).toContain(key);
});
